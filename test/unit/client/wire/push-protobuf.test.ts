import { Buffer } from 'node:buffer'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { root } from '../../../../scripts/lib/root.mjs'
import * as ours from '../../../../src/runtime/app/client/wire/push-protobuf'

// The SDK's own is the oracle: its copy of protobuf.js, with all that it can write.

interface Theirs {
  ResponseBatch: typeof ours.ResponseBatch & { encode: (batch: object) => { finish: () => Uint8Array } }
  RequestBatch: typeof ours.RequestBatch
}

const { ResponseBatch, RequestBatch } = await import(/* @vite-ignore */ pathToFileURL(join(root, 'node_modules/@bitrix24/b24jssdk/dist/esm/pullClient/protobuf/index.mjs')).href) as Theirs

const FRAMES = import.meta.env.MODE === 'long' ? 100_000 : 20_000
const bytes = fc.uint8Array({ maxLength: 20 })
/** protobuf.js asks what it writes for `hasOwnProperty`. */
const ordinary = { noNullPrototype: true }
const optional = { ...ordinary, requiredKeys: [] as [] }

const message = fc.record({
  id: bytes,
  body: fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()),
  expiry: fc.nat(),
  created: fc.nat(0xFFFF_FFFF),
  sender: fc.record({ type: fc.integer(), id: bytes }, optional),
}, optional)

/** What the pull client knows, and what it passes over. */
const response = fc.oneof(
  { weight: 4, arbitrary: fc.record({ outgoingMessages: fc.record({ messages: fc.array(message, { maxLength: 3 }) }, ordinary) }, ordinary) },
  fc.record({ channelStats: fc.record({ channels: fc.array(fc.record({ id: bytes, isOnline: fc.boolean() }, ordinary), { maxLength: 2 }) }, ordinary) }, ordinary),
  fc.record({ serverStats: fc.record({ json: fc.string() }, ordinary) }, ordinary),
)
const frame = fc.array(response, { maxLength: 3 }).map(responses => ResponseBatch.encode({ responses }).finish())

/** All that the SDK's pull client reads of a batch. */
function read({ responses }: ReturnType<typeof ours.ResponseBatch.decode>) {
  return responses.filter(({ command }) => command === 'outgoingMessages').map(({ outgoingMessages }) => outgoingMessages!.messages.map(({ id, body, sender }) => ({
    id: Buffer.from(id).toString('hex'),
    body,
    sender: sender && { type: sender.type, id: Buffer.from(sender.id).toString('hex'), isBytes: sender.id instanceof Uint8Array },
  })))
}

function attempt(decode: () => ReturnType<typeof ours.ResponseBatch.decode>) {
  try {
    return read(decode())
  }
  catch {
    return 'unreadable'
  }
}

describe('protobuf of version 4, in place of the SDK\'s copy', () => {
  it(`reads ${FRAMES.toLocaleString('en')} frames as it does`, () => {
    fc.assert(fc.property(frame, (encoded) => {
      expect(read(ours.ResponseBatch.decode(encoded))).toEqual(read(ResponseBatch.decode(encoded)))
    }), { numRuns: FRAMES })
  })

  it('refuses a frame that ends early wherever it does', () => {
    fc.assert(fc.property(frame, fc.nat(), (encoded, cut) => {
      const part = encoded.slice(0, cut % (encoded.length + 1))
      expect(attempt(() => ours.ResponseBatch.decode(part))).toEqual(attempt(() => ResponseBatch.decode(part)))
    }), { numRuns: 10_000 })
  })

  it('writes what is published byte by byte as it does', () => {
    const incoming = fc.record({ receivers: fc.array(fc.record({ id: bytes, signature: bytes }, ordinary), { maxLength: 3 }), body: fc.json(), expiry: fc.nat() }, ordinary)
    fc.assert(fc.property(fc.array(incoming, { maxLength: 3 }), (messages) => {
      const batch = { requests: [{ incomingMessages: { messages } }] }
      expect(ours.RequestBatch.encode(ours.RequestBatch.create(batch)).finish()).toEqual(new Uint8Array(RequestBatch.encode(RequestBatch.create(batch)).finish()))
    }), { numRuns: 5_000 })
  })
})

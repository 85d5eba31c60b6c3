import fc from 'fast-check'
import type { WireFrame, WireMessage, WireVersion } from './wire'
import { wireFrame } from './wire'

const NAMES = ['application', 'crm', 'CRM', 'online', 'pull', '__proto__', 'constructor', 'prototype', 'toString', '*', '', ' ', '\0', '💥', 'fence']
const COMMANDS = ['numbered', 'wire', '__proto__', 'constructor', 'toString', '*', '', 'userStatusChange', 'unknown', '\u2028']
const KEYS = ['module_id', 'command', 'params', 'extra', 'sender', 'type', 'mid', 'id', 'text', 'method', 'jsonrpc', 'result', 'user_params', 'dictionary', '__proto__', 'constructor', 'toString', 'then', 'toJSON', 'length']

/** Characters of any kind, halves of pairs among them; `size`, because fast-check would prefer short ones. */
const text = (maxLength: number): fc.Arbitrary<string> => fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.nat(0x7F) }, { weight: 1, arbitrary: fc.nat(0xFFFF) }), { maxLength, size: 'max' })
  .map(codes => String.fromCharCode(...codes))

const { value, record } = fc.letrec<{ value: unknown, record: Record<string, unknown> }>(tie => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(null, undefined, true, false, 0, -1, 1, 1e308, 0.5, Number.MAX_SAFE_INTEGER, ...NAMES),
    fc.nat(1000),
    text(40),
    text(2000),
    fc.array(tie('value'), { maxLength: 5 }),
    tie('record'),
  ),
  // As the wire would have it: a key `__proto__` is a key of its own.
  record: fc.array(fc.tuple(fc.constantFrom(...KEYS), tie('value')), { maxLength: 5 }).map(pairs => Object.fromEntries(pairs) as Record<string, unknown>),
}))

const id = fc.oneof(fc.bigInt(0n, 10n ** 15n).map(number => `0${number.toString(16)}`), fc.constantFrom('00', undefined), value)

const nearlyGood = fc.record({
  module_id: fc.constantFrom(...NAMES),
  command: fc.constantFrom(...COMMANDS),
  params: fc.oneof(record, value),
  extra: fc.oneof(record, value),
}, { requiredKeys: [] })

const body = fc.oneof(
  { weight: 1, arbitrary: value },
  { weight: 3, arbitrary: nearlyGood },
  { weight: 1, arbitrary: fc.tuple(nearlyGood, fc.constantFrom(...KEYS), value).map(([good, key, wrong]) => Object.defineProperty(good, key, { value: wrong, enumerable: true })) },
)

const message: fc.Arbitrary<WireMessage> = fc.record({ mid: id, body, sender: value }, { requiredKeys: ['mid', 'body'] })

const bytes: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc.uint8Array({ maxLength: 300, size: 'max' }).map(given => new Uint8Array(given))

/** Some of its characters or bytes changed, and perhaps its end cut off. */
const damaged = (frames: fc.Arbitrary<WireFrame>): fc.Arbitrary<WireFrame> => fc
  .tuple(frames, fc.array(fc.tuple(fc.nat(), fc.nat(0xFF)), { minLength: 1, maxLength: 8 }), fc.option(fc.nat()))
  .map(([frame, changes, cut]) => {
    const all = Buffer.from(typeof frame === 'string' ? frame : [...frame])
    for (const [at, byte] of changes) if (all.length > 0) all[at % all.length] = byte
    const kept = cut === null ? all : all.subarray(0, cut % (all.length + 1))
    return typeof frame === 'string' ? kept.toString('utf8') : new Uint8Array(kept)
  })

/**
 * Frames that a broken or hostile push server might send: nearly good ones, wrong ones, garbage.
 *
 * No control command that makes a client reconnect is among them: these have tests of their own.
 */
export function fuzzedFrames(version: WireVersion): fc.Arbitrary<WireFrame> {
  const whole = fc.array(fc.oneof({ weight: 9, arbitrary: message }, { weight: 1, arbitrary: text(50) }), { minLength: 1, maxLength: 5 }).map(messages => wireFrame(version, messages))
  return fc.oneof(
    { weight: 1, arbitrary: text(300) },
    { weight: 1, arbitrary: bytes },
    { weight: 1, arbitrary: value.map(one => JSON.stringify(one) ?? 'undefined') },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom<WireVersion>(5, 4, 3), message).map(([other, one]) => wireFrame(other, [one])) },
    { weight: 4, arbitrary: whole },
    { weight: 2, arbitrary: damaged(whole) },
  )
}

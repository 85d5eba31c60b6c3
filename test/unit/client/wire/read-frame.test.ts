import { describe, expect, it, vi } from 'vitest'
import { readFrame, readId } from '../../../../src/runtime/app/client/wire/read-frame'
import type { WireMessage, WireVersion } from '../../../support/wire'
import { wireBody, wireFrame } from '../../../support/wire'

const mid = '00ff'
const body = wireBody({ params: { id: 1 } })

/** As the browser hands it over: bytes as an ArrayBuffer. */
function read(version: WireVersion, messages: readonly (WireMessage | string)[]) {
  const frame = wireFrame(version, messages)
  return readFrame(typeof frame === 'string' ? frame : new Uint8Array(frame).buffer, version)
}

describe.each<WireVersion>([5, 4, 3])('a frame of version %i', (version) => {
  it('gives its messages, in order', () => {
    expect(read(version, [{ mid, body }, { mid: '0100', body }])).toMatchObject([{ id: mid, body: { command: 'wire', params: { id: 1 } } }, { id: '0100' }])
  })

  it.each(['null', '5', '"text"', '[]', '{}'])('gives the other messages where one is %s', (bad) => {
    const parts = read(version, [{ mid, body }, bad, { mid: '0100', body }])
    expect(parts.filter(part => 'id' in part && part.id).map(part => 'id' in part && part.id)).toEqual([mid, '0100'])
  })

  it.each([['nothing', undefined], ['null', null], ['a number', 5], ['an object', {}], ['a blob', new Blob(['x'])], ['an empty text', ''], ['no bytes', new ArrayBuffer()]])('throws nothing when it is %s', (_, frame) => {
    expect(() => readFrame(frame, version)).not.toThrow()
  })
})

describe('version 5', () => {
  it('takes what the server adds for the user into the params', () => {
    const packet = { jsonrpc: '2.0', method: 'incoming.message', params: { mid, body, user_params: JSON.parse('{"own":2,"__proto__":{"polluted":1}}') as object, dictionary: { word: 3 } } }
    const [part] = readFrame(JSON.stringify(packet), 5)
    const { params } = (part as { body: typeof body }).body as { params: Record<string, unknown> }
    expect(Object.entries(params)).toEqual([['id', 1], ['own', 2], ['__proto__', { polluted: 1 }], ['word', 3]])
    expect(params.polluted).toBeUndefined()
  })

  it('takes the sender from the packet and not from the body, which another client may have written', () => {
    expect(read(5, [{ mid, body: wireBody({ extra: { sender: { type: 2 } } }), sender: { type: 1, id: 'x' } }])).toMatchObject([{ body: { extra: { sender: { type: 1 } } } }])
  })

  it('leaves answers to calls to the SDK', () => {
    const answer = { jsonrpc: '2.0', id: 1, result: {} }
    expect(readFrame(JSON.stringify(answer), 5)).toEqual([{ answer: JSON.stringify(answer) }])
  })

  it('reads answers nested deeper than they can be written, alone and in a list', () => {
    const deep = `{"jsonrpc":"2.0","id":1,"result":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    expect(() => JSON.stringify(JSON.parse(deep))).toThrow(RangeError)
    expect(readFrame(deep, 5)).toEqual([{ answer: deep }])
    expect(readFrame(`[${deep},{"jsonrpc":"2.0","id":2,"result":{}}]`, 5)).toEqual([{ unreadable: expect.any(String) }, { answer: '{"jsonrpc":"2.0","id":2,"result":{}}' }])
  })

  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString', 5, null])('calls no method %j of ours', (method) => {
    expect(readFrame(JSON.stringify({ jsonrpc: '2.0', method, id: 1 }), 5)).toEqual([{ unreadable: expect.any(String) }])
  })
})

describe('version 4', () => {
  it('gives what comes before the bytes that are none', () => {
    const whole = wireFrame(4, [{ mid, body }]) as Uint8Array
    const parts = readFrame(new Uint8Array([...whole, 255]).buffer, 4)
    expect(parts).toHaveLength(2)
    expect(parts).toContainEqual(expect.objectContaining({ id: mid }))
    expect(parts).toContainEqual({ unreadable: expect.any(String) })
  })

  it('throws nothing wherever a frame ends', () => {
    const whole = wireFrame(4, [{ mid, body }, { mid, body }]) as Uint8Array
    for (let length = 0; length < whole.length; length++) expect(() => readFrame(new Uint8Array(whole.slice(0, length)).buffer, 4)).not.toThrow()
  })
})

describe('version 3', () => {
  it('gives the message after one whose end is missing', () => {
    const whole = wireFrame(3, [{ mid, body }]) as string
    expect(readFrame(`${whole.slice(0, 30)}${whole}`, 3)).toEqual([{ unreadable: expect.any(String) }, expect.objectContaining({ id: mid })])
  })

  it.each([['', 1], ['#!NGINXNME!#', 2]])('reads no more than in proportion to the number of marks, followed by %j', (end, parts) => {
    const read = (marks: number) => {
      const text = '#!NGINXNMS!#'.repeat(marks) + end
      const parse = vi.spyOn(JSON, 'parse')
      expect(readFrame(text, 3).length).toBeLessThanOrEqual(parts)
      const characters = parse.mock.calls.reduce((sum, [json]) => sum + json.length, 0)
      parse.mockRestore()
      return characters
    }
    // Where what is left were read again after each mark, it would be a hundred times as much.
    expect(read(10_000)).toBeLessThanOrEqual(11 * read(1_000))
  })
})

describe('readId', () => {
  it.each([['text', 'text'], [5, '5'], [0, '0']])('takes %j', (id, expected) => {
    expect(readId(id)).toBe(expected)
  })

  it.each([undefined, null, '', Number.NaN, true, {}, [], ['x'], 'x'.repeat(257)])('takes %j for none', (id) => {
    expect(readId(id)).toBeNull()
  })
})

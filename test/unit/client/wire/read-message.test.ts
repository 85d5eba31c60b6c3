import { describe, expect, it } from 'vitest'
import { readMessage } from '../../../../src/runtime/app/client/wire/read-message'
import type { PullMessage } from '../../../../src/runtime/types'

const now = 1_700_000_000_000
const body = { module_id: 'crm', command: 'ping', params: { id: 1 }, extra: {} }

function read(change: Record<string, unknown> = {}, timeShift = 0): PullMessage {
  const result = readMessage({ ...body, ...change }, now, now - timeShift * 1000)
  if (!('message' in result)) throw new Error(`not a message: ${JSON.stringify(result)}`)
  return result.message
}

describe('a good body', () => {
  it('becomes a message', () => {
    expect(read()).toEqual({ module: 'crm', command: 'ping', params: { id: 1 }, extra: {}, type: 'server', receivedAt: now, source: 'push' })
  })

  it('is left as it was', () => {
    const raw = { ...body, module_id: 'CRM', extra: { sender: { type: 1, id: 'channel' }, server_time_unix: 1 } }
    const copy = structuredClone(raw)
    readMessage(raw, now, now)
    expect(raw).toEqual(copy)
  })

  it('has its module in lower case and its command as it came', () => {
    expect(read({ module_id: 'CRM', command: 'reloadOptions' })).toMatchObject({ module: 'crm', command: 'reloadOptions' })
  })

  it.each(['__proto__', 'constructor', '*', ' '])('may be called %j', (name) => {
    expect(read({ module_id: name, command: name })).toMatchObject({ module: name, command: name })
  })
})

describe('a body that cannot be used', () => {
  it.each([
    ['nothing', undefined], ['null', null], ['a text', 'text'], ['a number', 5], ['a list', [body]], ['a function', () => {}],
  ])('is refused when it is %s', (_, raw) => {
    expect(readMessage(raw, now, now)).toEqual({ malformed: 'it is no object' })
  })

  it.each([undefined, null, '', 0, 1, true, [], ['crm'], {}])('is refused when its module_id is %j', (module) => {
    expect(readMessage({ ...body, module_id: module }, now, now)).toEqual({ malformed: 'its module_id is no string' })
  })

  it.each([undefined, null, '', 0, 1, true, [], ['ping'], {}])('is refused when its command is %j', (command) => {
    expect(readMessage({ ...body, command }, now, now)).toEqual({ malformed: 'its command is no string' })
  })
})

it('is refused when a name is longer than any name can be', () => {
  expect(readMessage({ ...body, command: 'x'.repeat(1000) }, now, now)).toHaveProperty('malformed')
})

describe('params', () => {
  it.each([
    ['an empty PHP array', [], {}],
    ['a list', ['a', 'b'], { 0: 'a', 1: 'b' }],
    ['nothing', undefined, {}],
    ['null', null, {}],
    ['a text', 'text', {}],
    ['a number', 7, {}],
  ])('are a plain object where the wire carried %s', (_, params, expected) => {
    expect(read({ params }).params).toEqual(expected)
  })

  it('keep keys with the names of prototypes as keys of their own', () => {
    const { params } = read({ params: JSON.parse('{ "__proto__": { "polluted": true }, "constructor": 1 }') })
    expect(Object.keys(params)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('extra', () => {
  it.each([undefined, null, [], 'text', 5])('is an object where the wire carried %j', (extra) => {
    expect(read({ extra }).extra).toEqual({})
  })

  it('says what kind of sender it was, but not the sender\'s channel', () => {
    expect(read({ extra: { sender: { type: 2, id: 'secret-channel' } } }).extra).toEqual({ sender: { type: 2 } })
  })

  it('says how long ago the server sent it, by the server\'s clock', () => {
    const extra = { server_time_unix: now / 1000 - 30 }
    expect(read({ extra }, 10).extra.server_time_ago).toBe(20)
    expect(read({ extra }, 100).extra.server_time_ago).toBe(0)
  })

  it.each<unknown>(['soon', {}, Number.NaN, { toString: 1 }])('says no age where the server\'s time is %s', (time) => {
    expect(read({ extra: { server_time_unix: time } }).extra).not.toHaveProperty('server_time_ago')
  })
})

describe('the kind of message', () => {
  it('is client where another client published it', () => {
    expect(read({ extra: { sender: { type: 1, id: 'x' } } }).type).toBe('client')
  })

  it.each([{ type: 2 }, { type: 'x' }, {}, null, 'text', [1]])('is server where the sender is %j', (sender) => {
    expect(read({ extra: { sender } }).type).toBe('server')
  })

  it.each(['pull', 'PULL', 'Pull'])('is control for the module %s', (module) => {
    expect(readMessage({ ...body, module_id: module }, now, now)).toEqual({ control: true })
  })

  it('is online for presence events', () => {
    expect(read({ module_id: 'Online' })).toMatchObject({ module: 'online', type: 'online' })
  })

  it('is online up to an age of 240 s and stale from then on', () => {
    const aged = (s: number) => ({ ...body, module_id: 'online', extra: { server_time_unix: now / 1000 - s } })
    expect(readMessage(aged(239), now, now)).toHaveProperty('message')
    expect(readMessage(aged(240), now, now)).toEqual({ stale: true })
  })

  it('is not stale for other modules, whatever the age', () => {
    expect(read({ extra: { server_time_unix: now / 1000 - 5000 } }).type).toBe('server')
  })
})

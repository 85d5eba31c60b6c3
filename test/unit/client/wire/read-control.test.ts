import { describe, expect, it } from 'vitest'
import { readControl } from '../../../../src/runtime/app/client/wire/read-control'

const next = { id: 'new', start: '2026-01-01T00:00:00+00:00', end: '2036-01-01T00:00:00+00:00', type: 'private' }
const good = { action: 'reconnect', channel: { id: 'old', type: 'private' }, new_channel: next }

const expire = (params: unknown) => readControl({ module_id: 'pull', command: 'channel_expire', params })

describe('a command of the server', () => {
  it.each(['config_expire', 'server_restart', 'SERVER_RESTART'])('%s is handed on with nothing that came along', (command) => {
    expect(readControl({ module_id: 'pull', command, params: { surprise: 1 }, extra: 5 }))
      .toEqual({ control: { module_id: 'pull', command: command.toLowerCase(), params: {} } })
  })

  it.each(['explode', '__proto__', 'toString', ''])('%j is unknown and handed to nobody', (command) => {
    expect(readControl({ command })).toEqual({ control: null, malformed: 'it is an unknown command of the server' })
  })

  it('is taken from no other client', () => {
    expect(readControl({ command: 'server_restart', extra: { sender: { type: 1 } } })).toHaveProperty('control', null)
  })
})

describe('a channel that expires', () => {
  it('is replaced by the new one', () => {
    expect(expire(good)).toEqual({ control: { module_id: 'pull', command: 'channel_expire', params: { ...good, channel: { type: 'private' } } } })
  })

  it('makes the client ask for its configuration where the server says so', () => {
    expect(expire({ action: 'get_config' })).toEqual({ control: { module_id: 'pull', command: 'channel_expire', params: { action: 'get_config' } } })
  })

  it.each([
    ['nothing at all', undefined], ['null', null], ['a list', []], ['an unknown action', { ...good, action: 'dance' }], ['no channel', { ...good, channel: undefined }],
    ['a channel of an unknown kind', { ...good, channel: { type: '__proto__' } }], ['no new channel', { ...good, new_channel: undefined }],
    ['a new channel without an id', { ...good, new_channel: { ...next, id: '' } }], ['an id that is a number', { ...good, new_channel: { ...next, id: 5 } }],
    ['an end that is no date', { ...good, new_channel: { ...next, end: 'soon' } }],
  ])('makes the client ask for its configuration, and is told of, where it comes with %s', (_, params) => {
    expect(expire(params)).toEqual({
      control: { module_id: 'pull', command: 'channel_expire', params: { action: 'get_config' } },
      malformed: expect.stringContaining('new channel'),
    })
  })
})

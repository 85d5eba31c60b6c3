import { describe, expect, it } from 'vitest'
import { forChannels, readControl } from '../../../../src/runtime/app/client/wire/read-control'

const next = { id: 'new', start: '2026-01-01T00:00:00+00:00', end: '2036-01-01T00:00:00+00:00', type: 'private' }
const good = { action: 'reconnect', channel: { id: 'old', type: 'private' }, new_channel: next }

const getConfig = { module_id: 'pull', command: 'channel_expire', params: { action: 'get_config' } }

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
    expect(expire(good)).toEqual({ control: { module_id: 'pull', command: 'channel_expire', params: good } })
  })

  it('makes the client ask for its configuration where the server says so', () => {
    expect(expire({ action: 'get_config' })).toEqual({ control: { module_id: 'pull', command: 'channel_expire', params: { action: 'get_config' } } })
  })

  it.each([
    ['its client id as the kind of channel, and the order to get the configuration', { action: 'get_config', channel: { id: 'old', type: 'app.64f0c1' } }],
    ['its client id as the kind of channel, and a new one', { ...good, channel: { id: 'old', type: 'app.64f0c1' } }],
    ['a kind of channel that is called as nothing should be', { ...good, channel: { id: 'old', type: '__proto__' } }],
    ['a channel without an id', { ...good, channel: { type: 'private' } }],
  ])('is as real portals tell it to applications with %s: the configuration is asked for', (_, params) => {
    expect(expire(params)).toEqual({ control: getConfig })
  })

  it.each([
    ['nothing at all', undefined], ['null', null], ['a list', []], ['an unknown action', { ...good, action: 'dance' }], ['no channel', { ...good, channel: undefined }],
    ['no new channel', { ...good, new_channel: undefined }],
    ['a new channel without an id', { ...good, new_channel: { ...next, id: '' } }], ['an id that is a number', { ...good, new_channel: { ...next, id: 5 } }],
    ['an end that is no date', { ...good, new_channel: { ...next, end: 'soon' } }],
  ])('makes the client ask for its configuration, and is told of, where it comes with %s', (_, params) => {
    expect(expire(params)).toEqual({ control: getConfig, malformed: expect.stringContaining('it announces') })
  })

  it('is replaced where it is one of ours', () => {
    const { control } = expire(good)
    expect(forChannels(control!, { private: { id: 'old' } })).toBe(control)
  })

  it.each([
    ['the portal\'s shared channel, announced to everybody of a night', { ...good, channel: { id: 'portal', type: 'shared' } }, { private: { id: 'old' }, shared: { id: 'ours' } }],
    ['a channel of a kind that we have none of', good, { shared: { id: 'old' } }],
    ['a channel, where we have none at all', good, {}],
  ])('makes the client ask for its configuration where it is %s', (_, params, ours) => {
    expect(forChannels(expire(params).control!, ours)).toEqual(getConfig)
  })
})

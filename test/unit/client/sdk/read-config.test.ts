import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../../src/runtime/app/client/sdk/read-config'

const NOW = Date.parse('2026-01-01T00:00:00Z')

const server = {
  version: 4, server_enabled: true, mode: 'personal', hostname: 'push.example',
  long_polling: 'http://push.example/poll', long_pooling_secure: 'https://push.example/poll',
  websocket_enabled: true, websocket: 'ws://push.example/socket', websocket_secure: 'wss://push.example/socket',
  publish_enabled: true, publish: 'http://push.example/publish', publish_secure: 'https://push.example/publish', config_timestamp: 7,
}
const answer = {
  server,
  api: { revision_web: 19, revision_mobile: 3 },
  channels: { private: { id: 'private', public_id: 'p', start: '2026-01-01T00:00:00+00:00', end: '2026-01-01T12:00:00+00:00', type: 'private' }, shared: { id: 'shared' } },
  publicChannels: { 1: { user_id: 1, public_id: 'p', signature: 's' } },
  exp: 1_767_225_600, jwt: null, clientId: null, serverTime: '2026-01-01T00:00:00+03:00',
}

const unusable = (given: unknown) => {
  const read = readConfig(given, true, NOW)
  return 'unusable' in read ? read.unusable : null
}

describe('the portal\'s push configuration', () => {
  it('is taken as it is, but for the server\'s time, which becomes a difference', () => {
    const { serverTime: _, ...rest } = answer
    expect(readConfig(answer, true, NOW)).toEqual({
      config: { ...rest, server: { ...server, timeShift: 10_800 } },
    })
  })

  it.each([
    ['its seconds', { finish: NOW / 1000 - 240.5, date_finish: 'when?' }, 240],
    ['its seconds as text', { finish: `${NOW / 1000 - 240}` }, 240],
    ['its date', { date_finish: '2026-01-01T02:56:00+03:00' }, 240],
    ['nothing of it', { finish: 0, date_finish: [] }, 0],
    ['a list', [], 0],
  ])('has the server\'s time from %s of the REST answer, where it does not tell it itself, as an application\'s never does', (_, time, timeShift) => {
    const { serverTime: _told, ...without } = answer
    expect(readConfig(without, true, NOW, time)).toMatchObject({ config: { server: { timeShift } } })
  })

  it('is believed before the REST answer around it where it tells the server\'s time', () => {
    expect(readConfig(answer, true, NOW, { finish: NOW / 1000 })).toMatchObject({ config: { server: { timeShift: 10_800 } } })
  })

  it.each([
    ['null', null, 'it is null'],
    ['a list', [], 'it is a list'],
    ['a text', '<html>', 'it is a string'],
    ['no server', { ...answer, server: undefined }, 'its `server` is missing'],
    ['`server: null`', { ...answer, server: null }, 'its `server` is null'],
    ['`server: []`', { ...answer, server: [] }, 'its `server` is a list'],
    ['`server: {}`', { ...answer, server: {} }, 'its `server` has no version'],
    ['a version that is none', { ...answer, server: { ...server, version: 'new' } }, 'its `server` has no version'],
    ['no address', { ...answer, server: { version: 4, websocket_enabled: true } }, 'its `server` names no address that can be used'],
    ['addresses that are none', { ...answer, server: { ...server, websocket_secure: 'push', long_pooling_secure: 'javascript:alert(1)' } }, 'its `server` names no address that can be used'],
    ['a socket that is switched off, and nothing else', { ...answer, server: { ...server, websocket_enabled: false, long_pooling_secure: '' } }, 'its `server` names no address that can be used'],
    ['`channels: null`', { ...answer, channels: null }, 'its `channels` are null'],
    ['`channels: []`', { ...answer, channels: [] }, 'its `channels` are a list'],
    ['channels without ids', { ...answer, channels: { private: {}, shared: { id: '' } } }, 'its `channels` name none that can be used'],
    ['a shared server without a client id', { ...answer, server: { ...server, mode: 'shared' } }, 'it is for a shared push server and has no `clientId`'],
  ])('cannot be used, and says why, with %s', (_, given, why) => {
    expect(unusable(given)).toBe(why)
  })

  it.each([
    ['a version as text', { ...answer, server: { ...server, version: '4' } }],
    ['a jwt in the place of channels', { ...answer, jwt: 'jwt', channels: null }],
    ['one channel of two', { ...answer, channels: { private: null, shared: { id: 'shared' } } }],
    ['long polling alone', { ...answer, server: { ...server, websocket_enabled: false, websocket_secure: '' } }],
    ['no api, no public channels, no end and no time', { ...answer, api: null, publicChannels: false, exp: null, serverTime: null }],
  ])('can be used with %s', (_, given) => {
    expect(unusable(given)).toBeNull()
  })

  it('does without the socket where its address is none', () => {
    expect(readConfig({ ...answer, server: { ...server, websocket_secure: 'push' } }, true, NOW)).toMatchObject({ config: { server: { websocket_enabled: false } } })
  })

  it('tells nothing of what is in it', () => {
    fc.assert(fc.property(fc.object({ key: fc.constantFrom('server', 'channels', 'version', 'private', 'id', 'jwt'), values: [fc.constant('a-secret')] }), (given) => {
      expect(unusable(given) ?? '').not.toContain('a-secret')
    }))
  })

  it('is either unusable or such as the SDK can connect by, whatever the portal answers', () => {
    const anything = fc.anything({ maxDepth: 2 })
    const oneOf = (...values: unknown[]) => fc.oneof(...values.map(value => fc.constant(value)), anything)
    const given = fc.record({
      server: fc.oneof(anything, fc.record({
        version: oneOf(3, 4, 5, '4'), mode: oneOf('personal', 'shared'), websocket_enabled: oneOf(true, false), config_timestamp: oneOf(1),
        websocket: oneOf(server.websocket), websocket_secure: oneOf(server.websocket_secure), long_polling: oneOf(server.long_polling), long_pooling_secure: oneOf(server.long_pooling_secure),
      }, { requiredKeys: [] })),
      channels: fc.oneof(anything, fc.record({ private: oneOf({ id: 'a' }), shared: oneOf({ id: 'b' }) }, { requiredKeys: [] })),
      api: anything, publicChannels: anything, exp: anything, jwt: oneOf('jwt'), clientId: oneOf('client'), serverTime: oneOf(answer.serverTime),
    }, { requiredKeys: [] })
    fc.assert(fc.property(fc.oneof(given, anything), fc.boolean(), (answered, isSecure) => {
      const read = readConfig(answered, isSecure, NOW)
      if ('unusable' in read) {
        expect(read.unusable).toMatch(/^its? /)
        return
      }
      const { server: { version, mode, websocket_enabled: hasSocket, ...addresses }, channels, jwt, clientId, api, publicChannels, exp } = read.config
      expect(version).toBeGreaterThan(0)
      const address = hasSocket ? addresses[isSecure ? 'websocket_secure' : 'websocket'] : addresses[isSecure ? 'long_pooling_secure' : 'long_polling']
      expect(() => new URL(address)).not.toThrow()
      expect(jwt ?? channels.private?.id ?? channels.shared?.id).toEqual(expect.any(String))
      if (mode === 'shared') expect(clientId).toEqual(expect.any(String))
      expect([typeof api, typeof publicChannels, typeof exp]).toEqual(['object', 'object', 'number'])
      for (const channel of Object.values(publicChannels)) expect(channel).toEqual(expect.any(Object))
    }))
  })
})

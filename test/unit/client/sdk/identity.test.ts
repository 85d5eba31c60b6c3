import { describe, expect, it } from 'vitest'
import type { PullConfig } from '../../../../src/runtime/app/client/sdk/pull-client'
import { identityOf, isSameIdentity } from '../../../../src/runtime/app/client/sdk/identity'

const ID = '0123456789abcdef0123456789abcdef'
const server = { version: 5, websocket: 'ws://push.example/socket', websocket_secure: 'wss://push.example/socket', long_polling: 'http://push.example/poll', long_pooling_secure: 'https://push.example/poll', websocket_enabled: true }
const config = (change: object = {}, channels: object = { private: { id: ID }, shared: { id: 'shared' } }) =>
  ({ server: { ...server, ...change }, channels }) as unknown as PullConfig

describe('the identity of a connection', () => {
  it('is the same whichever transport is in use', () => {
    expect(identityOf(config({ websocket_enabled: false }))).toEqual(identityOf(config()))
  })

  it('is the same for another path or another query of the same server', () => {
    expect(identityOf(config({ websocket_secure: 'wss://push.example/sub?key=1' }))).toEqual(identityOf(config()))
  })

  it.each([
    ['version', config({ version: 4 })],
    ['host', config({ websocket_secure: 'wss://other.example/socket' })],
    ['port', config({ websocket_secure: 'wss://push.example:8894/socket' })],
    ['private channel', config({}, { private: { id: 'other' }, shared: { id: 'shared' } })],
    ['shared channel', config({}, { private: { id: ID } })],
  ])('is another one with another %s', (_, other) => {
    expect(isSameIdentity(identityOf(other), identityOf(config()))).toBe(false)
  })

  it('tells nothing of the ids of the channels', () => {
    expect(JSON.stringify(identityOf(config()))).not.toContain(ID.slice(0, 8))
  })

  it('is there where no configuration is known, or none that can be read', () => {
    expect(identityOf(null)).toEqual(identityOf({} as PullConfig))
    expect(identityOf(config({ websocket_secure: 'no address' })).server).toBe('5 ')
  })
})

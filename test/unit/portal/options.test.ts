import { describe, expect, it } from 'vitest'
import type { PortalOptions } from '../../../src/portal'
import { PortalError, resolvePortalOptions } from '../../../src/portal'

const app = 'http://localhost:3000'

function failure(options: unknown): PortalError {
  try {
    resolvePortalOptions(options as PortalOptions)
  }
  catch (error) {
    if (error instanceof PortalError) return error
  }
  throw new Error('nothing was thrown')
}

describe('resolvePortalOptions', () => {
  it('fills in every default', () => {
    expect(resolvePortalOptions({ app })).toMatchObject({
      port: 0,
      method: 'post',
      lang: 'en',
      users: [{ id: 1, isAdmin: true }, { id: 2, isAdmin: false }, { id: 3, isAdmin: false }],
      server: { version: 4, transport: 'websocket', mode: 'shared', history: 1000 },
      tokenLifetime: 3600,
    })
  })

  it('fills in a default where undefined was given', () => {
    const { limits, recording } = resolvePortalOptions({ app, limits: { burst: undefined, perSecond: 3 }, recording: { file: 'a.jsonl', speed: undefined } })
    expect(limits).toEqual({ ...resolvePortalOptions({ app }).limits, perSecond: 3 })
    expect(recording).toEqual({ file: 'a.jsonl', speed: 1 })
  })

  it.each([
    [{}, 'app', 'missing', 'http://localhost:3000'],
    [{ app: 'localhost:3000' }, 'app', '"localhost:3000"', 'http://localhost:3000'],
    [{ app, port: 70_000 }, 'port', '70000', 'a whole number from 0 to 65535'],
    [{ app, server: { version: 6 } }, 'server.version', '6', '5, 4 or 3'],
    [{ app, server: { version: 5, mode: 'shared' } }, 'server.mode', '"shared"', 'always of version 4'],
    [{ app, limits: { burst: 0 } }, 'limits.burst', '0', 'a whole number from 1'],
    [{ app, server: { transport: 'polling' } }, 'server.transport', '"polling"', '\'websocket\' or \'long-polling\''],
    [{ app, method: 'put' }, 'method', '"put"', '\'post\' or \'get\''],
    [{ app, users: [] }, 'users', '[]', 'one user or more'],
    [{ app, users: [{ id: 1 }, { id: 1 }] }, 'users', '[{"id":1', 'every `id` stands once'],
    [{ app, users: [{ id: 0 }] }, 'users.0.id', '0', 'a whole number from 1'],
    [{ app, rest: { 'a.b': 1 } }, 'rest.a.b', '1', 'a function'],
    [{ app, faults: { nonsense: true } }, 'faults', 'nonsense', 'cut-connections'],
    [{ app, faults: { 'push-delay': { ms: -1 } } }, 'faults.push-delay.ms', '-1', 'a number from 0 to 60000'],
    [{ app, faults: { 'stop-pings': true, 'push-delay': { speed: 3 } } }, 'faults.push-delay.speed', '3', 'left out'],
    [{ app, appOptions: [] }, 'appOptions', '[]', 'an object'],
    [{ app, installUrl: 'http://' }, 'installUrl', '"http://"', '/install'],
    [{ app, installCallback: 'javascript:0' }, 'installCallback', '"javascript:0"', '/install'],
    [{ app, placements: [{ placement: 'LEFT_MENU', handler: 'ftp://a/b' }] }, 'placements.0.handler', '"ftp://a/b"', '/install'],
  ])('says of %j that `%s` was %s and may be %s', (options, name, was, may) => {
    const { code, message, field } = failure(options)
    expect(code).toBe('PORTAL_BAD_OPTION')
    expect(field).toBe(name)
    expect(message).toContain(`\`${name}\``)
    expect(message).toContain(was)
    expect(message).toContain(may)
  })

  it.each([
    [{ app, prot: 1 }, 'prot', 'app, appName, port, method, users,'],
    [{ app, server: { versoin: 4 } }, 'server.versoin', 'version, transport, mode, history.'],
    [{ app, users: [{ id: 1, admin: true }] }, 'users.0.admin', 'id, name, lastName, isAdmin.'],
  ])('knows a misspelt option in %j, and names those that exist in its place', (options, name, known) => {
    const { field, message } = failure(options)
    expect(field).toBe(name)
    expect(message).toContain(`Option \`${name}\` of the dev portal is unknown. Known in its place are ${known}`)
  })

  it('says what a value was that JSON cannot hold', () => {
    expect(failure({ app, lang: 5n }).message).toContain('Option `lang` of the dev portal is 5n.')
  })

  it('says which part of a user is missing', () => {
    expect(failure({ app, users: [{ name: 'Ada' }] }).message).toContain('Option `users.0.id` of the dev portal is missing.')
  })
})

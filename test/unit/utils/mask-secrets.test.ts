import fc from 'fast-check'
import { inspect } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPortal } from '../../../src/portal'
import { maskSecrets, maskThrown, maskValue } from '../../../src/runtime/utils/mask-secrets'
import { createB24OAuth } from '../../support/b24-oauth'

const token = '1f2e3d4c005a6b7c0000000100000001f0f1d2c3b4a5968778695a4b3c2d1e0f1a2b3c'
const channel = '0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef01234567'

describe('a text from outside', () => {
  it.each([
    'The access token provided has expired.',
    'Method not found! pull.application.event.add',
    'JSSDK_FRAME_REFRESH_AUTH_TIMEOUT_OF_THE_FRAME',
    'Wrong value of the field CLIENT: 42, see https://portal.example/company/personal/user/1/',
    'Сервер недоступен, попробуйте позже',
    'token',
    'refreshAuth: no answer',
    'access token: expired',
    '',
  ])('stays as it is where it holds no secret: %s', (text) => {
    expect(maskSecrets(text)).toBe(text)
  })

  it.each([
    ['a query', 'POST /rest/profile.json?auth=abc&x=1', 'POST /rest/profile.json?auth=***&x=1'],
    ['an encoded query', 'cmd=profile%3Fauth%3Dabc', 'cmd=profile%3Fauth%3D***'],
    ['JSON', '{"auth":"abc","CHANNEL_ID": "a/b"}', '{"auth":"***","CHANNEL_ID": "***"}'],
    ['JSON in JSON', '{\\"access_token\\":\\"abc\\"}', '{\\"access_token\\":\\"***\\"}'],
    ['a header', 'Authorization: Bearer abc', 'Authorization: Bearer ***'],
    ['a sentence', 'wrong signature: abc1', 'wrong signature: ***'],
    ['a token alone', `expired: ${token}`, 'expired: ***'],
  ])('loses its secret in %s', (_, text, expected) => {
    expect(maskSecrets(text)).toBe(expected)
  })

  const hex = (min: number, max: number) => fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: min, maxLength: max }).map(all => all.join(''))
  const base64 = fc.uint8Array({ minLength: 24, maxLength: 60 }).map(bytes => Buffer.from(bytes).toString('base64url'))
  const jwt = fc.tuple(fc.object(), base64).map(([claims, signature]) => `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify({ sub: 1, ...claims })).toString('base64url')}.${signature}`)
  const secret = fc.oneof(hex(32, 80), fc.constant(channel), jwt, hex(32, 40).map(text => text.toUpperCase()))
  const around = fc.tuple(fc.constantFrom('', ' ', '"', '\'', '(', '=', ':', '/', '?x=', '&auth=', '{"a":"', 'CHANNEL_ID='), fc.constantFrom('', ' ', '"', '\'', ')', '&', '.', ',', '/', '"}'))

  it('holds no secret of any form afterwards, wherever in it that stood', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.string({ maxLength: 20 }), around, secret), { minLength: 1, maxLength: 4 }), (parts) => {
      const text = parts.map(([words, [before, after], hidden]) => `${words} ${before}${hidden}${after} `).join('')
      const masked = maskSecrets(text)
      for (const [, , hidden] of parts) {
        for (const piece of hidden.split('.').filter(({ length }) => length >= 20)) expect(masked).not.toContain(piece)
      }
    }), { numRuns: 500 })
  })

  it('holds no named secret afterwards, however short', () => {
    const name = fc.constantFrom('auth', 'access_token', 'refresh_token', 'AUTH_ID', 'REFRESH_ID', 'token', 'jwt', 'CHANNEL_ID', 'signature', 'client_secret', 'application_token')
    const form = fc.constantFrom<[string, string, string]>(['?', '=', '&'], ['"', '":"', '"'], ['\'', '\': \'', '\''], ['', ': ', ''], ['%26', '%3D', '%26'], ['\\"', '\\":\\"', '\\"'])
    fc.assert(fc.property(name, form, hex(8, 31), (called, [before, between, after], hidden) => {
      expect(maskSecrets(`failed: ${before}${called}${between}${hidden}${after}`)).not.toContain(hidden)
    }))
  })

  it('is the same when it goes through it again', () => {
    fc.assert(fc.property(fc.string(), secret, (words, hidden) => {
      const once = maskSecrets(`${words} auth=${hidden}`)
      expect(maskSecrets(once)).toBe(once)
    }))
  })
})

const fail = (): never => {
  throw new Error('not to be read')
}

describe('a JSON value', () => {
  it('is copied, so that what changes it later changes no copy', () => {
    const given = { deal: { id: 1 }, ids: [1, 2] }
    const masked = maskValue(given)
    given.deal.id = 2
    given.ids.push(3)
    expect(masked).toEqual({ deal: { id: 1 }, ids: [1, 2] })
  })

  it('is looked through whole, however many parts it has', () => {
    const rows = Array.from({ length: 20_000 }, (_, id) => ({ id, ...(id === 19_999 && { token }) }))
    expect(maskValue({ rows })).toEqual({ rows: [...rows.slice(0, -1), { id: 19_999, token: '***' }] })
  })
})

describe('what was thrown', () => {
  it.each([new TypeError('a is not a function'), 42, null, { deal: { id: 1, tags: ['new'] }, at: new Date(0) }])('is the very same where it holds no secret: %s', (thrown) => {
    expect(maskThrown(thrown)).toBe(thrown)
  })

  it('loses its secrets in message, stack and what caused it, and is of its kind with all else that it had', () => {
    class FetchError extends Error {
      status = 401
    }
    const thrown = new FetchError(`POST /rest/profile?auth=${token}`, { cause: new Error('wrong access_token=abc1') })
    const masked = maskThrown(thrown) as FetchError
    expect(masked).toBeInstanceOf(FetchError)
    expect([masked.status, masked.message, (masked.cause as Error).message]).toEqual([401, 'POST /rest/profile?auth=***', 'wrong access_token=***'])
    expect(`${masked.stack} ${(masked.cause as Error).stack}`).not.toMatch(new RegExp(`${token}|abc1`))
    expect(thrown.message).toContain(token)
  })

  it('may be its own cause', () => {
    const thrown = new Error(`auth=${token}`)
    thrown.cause = thrown
    expect(maskThrown(thrown)).toMatchObject({ message: 'auth=***', cause: '***' })
  })

  it('is an object that is no error', () => {
    const deal = { id: 1 }
    const masked = maskThrown({ auth: 'abc', said: `token=${token}`, deal }) as { deal: object }
    expect(masked).toEqual({ auth: '***', said: 'token=***', deal })
    expect(masked.deal).toBe(deal)
  })

  it('loses its secrets however deep they are, in errors within lists within errors', () => {
    let thrown: unknown = new Error(`auth=${token}`)
    for (let i = 0; i < 8; i++) thrown = i % 2 ? new AggregateError([thrown], 'several') : new Error('around', { cause: { errors: [thrown] } })
    expect(inspect(thrown, { depth: null })).toContain(token)
    expect(inspect(maskThrown(thrown), { depth: null })).not.toContain(token)
  })

  it('holds no secret where the SDK threw it, whose errors carry the request', async () => {
    const portal = await createPortal({ app: 'http://127.0.0.1:1' })
    onTestFinished(() => portal.close())
    const b24 = createB24OAuth(portal)
    const { access_token: accessToken } = b24.auth.getAuthData() || {}
    const thrown: unknown = await b24.actions.v2.call.make({ method: 'no.such.method' }).catch(error => error)
    const written = (error: unknown) => inspect(error, { depth: null, showHidden: true })
    expect(written(thrown)).toContain(accessToken)
    const masked = maskThrown(thrown)
    expect(written(masked)).not.toContain(accessToken)
    expect(masked).toMatchObject({ name: 'AjaxError', code: 'ERROR_METHOD_NOT_FOUND', status: 404, originalError: { name: 'AxiosError' } })
  })

  it('is told where a part cannot be read', () => {
    const thrown = Object.defineProperty(new Error(`auth=${token}`), 'data', { get: () => fail(), enumerable: true })
    expect(maskThrown(thrown)).toMatchObject({ message: 'auth=***' })
  })

  it('takes a moment, however tangled', () => {
    const all: Record<string, unknown>[] = Array.from({ length: 20_000 }, (_, id) => ({ id, token }))
    for (const one of all) Object.assign(one, { first: all[0], next: all[(Number(one.id) + 1) % all.length], back: all[(Number(one.id) * 7) % all.length] })
    expect(maskThrown(all[0])).toMatchObject({ id: 0, token: '***', next: { token: '***' } })
  })

  it('is a text or anything else', () => {
    expect([maskThrown(`auth=${token}`), maskThrown(7)]).toEqual(['auth=***', 7])
  })
})

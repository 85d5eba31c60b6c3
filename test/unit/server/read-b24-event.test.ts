import { describe, expect, it } from 'vitest'
import { PullError, readB24Event } from '../../../src/server'
import { parsePhpForm } from '../../../src/runtime/server/events/php-form'
import { toPhpForm } from '../../../src/portal/events/php-form'

const options = { applicationToken: 'right', clientId: 'app', clientSecret: 'secret' }
const auth = {
  access_token: 'access', refresh_token: 'refresh', expires: 1_900_000_000, expires_in: 3_600, scope: 'crm,pull', domain: 'example.bitrix24.com',
  server_endpoint: 'https://oauth.bitrix24.tech/rest/', client_endpoint: 'https://example.bitrix24.com/rest/', status: 'L', member_id: 'member', user_id: 7, application_token: 'right',
}
const form = (change: object = {}, event = 'ONCRMDEALUPDATE', data: object = { FIELDS: { ID: 42 } }) => toPhpForm({ event, data, ts: 1_764_000_000, auth: { ...auth, ...change } }).toString()

describe('readB24Event()', () => {
  it('reads the event of a portal that knows the token, with access to it', async () => {
    const { b24, tokens, ...event } = await readB24Event(form(), options)
    expect(event).toEqual({ name: 'ONCRMDEALUPDATE', data: { FIELDS: { ID: '42' } }, id: 42, at: 1_764_000_000_000, memberId: 'member', userId: 7 })
    expect(tokens).toMatchObject({ memberId: 'member', accessToken: 'access', refreshToken: 'refresh', expires: 1_900_000_000 })
    expect(b24!.getTargetOrigin()).toBe('https://example.bitrix24.com')
    expect(b24!.auth.getAuthData()).toMatchObject({ access_token: 'access', member_id: 'member' })
  })

  it('does not hand on the token by which it knew the portal', async () => {
    expect(Object.keys(await readB24Event(form(), options))).not.toContain('applicationToken')
  })

  it('has no access where the event brought none', async () => {
    const event = await readB24Event(form({ access_token: '', user_id: '' }, 'onAppUninstall', { CLEAN: 1 }), options)
    expect(event).toMatchObject({ name: 'ONAPPUNINSTALL', b24: null, tokens: null, userId: null, id: null })
  })

  it('asks for the token of the portal that the event names', async () => {
    await expect(readB24Event(form(), { tokenOf: async memberId => memberId === 'member' ? 'right' : null })).resolves.toMatchObject({ memberId: 'member' })
    await expect(readB24Event(form({ member_id: 'other' }), { tokenOf: async memberId => memberId === 'member' ? 'right' : null })).rejects.toMatchObject({ code: 'TOKEN_REFUSED' })
  })

  it.each([
    ['another token', form({ application_token: 'wrong' }), options],
    ['no token', form({ application_token: '' }), options],
    ['an empty token where none was set', form({ application_token: '' }), { applicationToken: '' }],
    ['no portal', form({ member_id: '' }), { tokenOf: () => '' }],
  ])('refuses an event with %s', async (_, text, how) => {
    const error = await readB24Event(text, how).catch(problem => problem)
    expect(error).toBeInstanceOf(PullError)
    expect(error).toMatchObject({ code: 'TOKEN_REFUSED' })
    expect(JSON.stringify(error) + error.message + error.stack).not.toContain('right\'')
  })

  it.each([
    ['nothing', ''], ['JSON', '{"event":"ONCRMDEALUPDATE"}'], ['no event', 'auth[member_id]=1'], ['no auth', 'event=ONCRMDEALUPDATE'], ['an event that is a list', 'event[]=A&auth[a]=1'],
    ['markup for a name', 'event=%3Cb%3E&auth[a]=1'],
    ['too many fields', Array.from({ length: 6_000 }, (_, i) => `a[${i}]=1`).join('&')], ['too deep a field', `a${'[b]'.repeat(40)}=1`], ['too long a form', `event=${'A'.repeat(1_000_001)}`],
  ])('refuses %s as no event', async (_, text) => {
    await expect(readB24Event(text, options)).rejects.toMatchObject({ code: 'FORM_ERROR' })
  })

  it('wants to know how the token is found out', async () => {
    await expect(readB24Event(form(), {})).rejects.toMatchObject({ code: 'ARGUMENT_ERROR' })
  })
})

describe('the form', () => {
  it.each([
    ['a=1&b=2', { a: '1', b: '2' }], ['a[]=1&a[]=2', { a: ['1', '2'] }], ['a[0]=x&a[1]=y', { a: ['x', 'y'] }], ['a[1]=x', { a: { 1: 'x' } }], ['a[b][c]=1&a[b][d]=2', { a: { b: { c: '1', d: '2' } } }],
    ['a[x]=1&a=2', { a: '2' }], ['a=1&a[b]=2', { a: { b: '2' } }], ['a[b=1', { a: '1' }], ['a[b]c[d]=1', { a: { b: '1' } }], ['[a]=1', { '[a]': '1' }], ['a[5]=x&a[]=y', { a: { 5: 'x', 6: 'y' } }],
  ])('%s is read as PHP does', (text, expected) => {
    expect(parsePhpForm(text)).toEqual(expected)
  })

  it('changes no prototype', () => {
    const form = parsePhpForm('__proto__[polluted]=1&a[__proto__][polluted]=1&a[constructor][prototype][polluted]=1&a[b]=1')
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
    expect(Object.getPrototypeOf(form.a)).toBe(Object.prototype)
    expect(Object.assign({}, form.a)).not.toHaveProperty('polluted')
  })

  it('takes time that grows with its length only', () => {
    const time = (text: string) => {
      const start = performance.now()
      parsePhpForm(text)
      return performance.now() - start
    }
    // A search that begins anew at each bracket would take minutes.
    expect(time(`a${'['.repeat(900_000)}=1`)).toBeLessThan(5_000)
    expect(time(Array.from({ length: 4_900 }, () => 'a[]=1').join('&'))).toBeLessThan(5_000)
  })
})

import { describe, expect, it } from 'vitest'
import { mayBeFramed } from '../../../../src/portal/frames/watch/framing'
import { judge } from '../../../../src/portal/frames/watch/judge'
import type { ProbeAnswer } from '../../../../src/portal/frames/watch/judge'

const portalOrigin = 'http://127.0.0.1:7324'
const address = 'http://localhost:3000/app?APP_SID=1'
const post = { address, method: 'post' as const, portalOrigin }

function answer(change: Partial<ProbeAnswer> & { header?: [string, string] }): ProbeAnswer {
  const { header, ...rest } = change
  return { kind: 'answer', url: address, status: 200, headers: new Headers(header ? [header] : []), leadsTo: null, getStatus: null, ...rest }
}

describe('judge', () => {
  it.each([
    ['is not running', { kind: 'none' as const, reason: 'connect ECONNREFUSED', isTimeout: false }, 'not-running', 'Nothing answers at http://localhost:3000', 'Start the app'],
    ['takes its time', { kind: 'none' as const, reason: 'nothing within 10 s', isTimeout: true }, 'not-running', 'does not answer', 'compiling'],
    ['answers 405', answer({ status: 405, getStatus: 405 }), 'method-refused', 'The app answers 405 to POST /app', '--method get'],
    ['answers 404 to POST and 200 to GET', answer({ status: 404, getStatus: 200 }), 'method-refused', 'The app answers 404 to POST /app', '--method get'],
    ['answers 404 to both', answer({ status: 404, getStatus: 404 }), 'not-found', 'The app answers 404 to POST /app', '--app'],
    ['answers 500', answer({ status: 500, getStatus: 500 }), 'server-error', 'The app answers 500 to POST /app', 'output'],
    ['answers 403', answer({ status: 403, getStatus: 403 }), 'refused', 'The app answers 403', portalOrigin],
    ['leads to another origin', answer({ status: 302, leadsTo: 'https://login.example/in' }), 'redirect', 'https://login.example', '--app https://login.example'],
    ['leads in a circle', answer({ status: 302, leadsTo: 'http://localhost:3000/en' }), 'redirect', 'in a circle', 'redirect'],
    ['forbids framing', answer({ header: ['x-frame-options', 'DENY'] }), 'framing-forbidden', 'forbids', `frame-ancestors ${portalOrigin}`],
  ])('of an app that %s says what, why and what to do', (_what, outcome, code, title, fix) => {
    const trouble = judge(outcome, post)
    expect(trouble?.code).toBe(code)
    expect(trouble?.title).toContain(title)
    expect(trouble?.fix).toContain(fix)
    expect(trouble?.why).not.toBe('')
  })

  it('has nothing to say of an app that answers', () => {
    expect(judge(answer({}), post)).toBeNull()
  })

  it('does not speak of POST where frames are opened by GET', () => {
    expect(judge(answer({ status: 404 }), { ...post, method: 'get' })).toMatchObject({ code: 'not-found', title: 'The app answers 404 to GET /app' })
  })
})

describe('mayBeFramed', () => {
  const framing = { app: 'http://localhost:3000', portal: portalOrigin }
  const csp = (value: string) => mayBeFramed(new Headers({ 'content-security-policy': value }), framing)

  it.each(['frame-ancestors *', 'frame-ancestors http:', `frame-ancestors 'self' ${portalOrigin}`, 'frame-ancestors 127.0.0.1:*', 'default-src \'none\'', `frame-ancestors ${portalOrigin}/some/path`])('is content with %s', (value) => {
    expect(csp(value)).toBeNull()
  })

  it.each(['frame-ancestors', 'frame-ancestors \'none\'', 'frame-ancestors \'self\'', 'frame-ancestors https://*.bitrix24.com', 'frame-ancestors https:', 'frame-ancestors 127.0.0.1', 'frame-ancestors *, frame-ancestors \'none\''])('names %s as what forbids it', (value) => {
    expect(csp(value)).toContain('Content-Security-Policy: frame-ancestors')
  })

  it('matches hosts by their end, as a portal in the cloud is named', () => {
    const cloud = { app: 'https://app.example', portal: 'https://my.bitrix24.com' }
    const of = (source: string) => mayBeFramed(new Headers({ 'content-security-policy': `frame-ancestors ${source}` }), cloud)
    expect([of('https://*.bitrix24.com'), of('http://my.bitrix24.com:*'), of('*.bitrix24.com')]).toEqual([null, null, null])
    expect([of('https://bitrix24.com'), of('https://*.bitrix24.de')]).not.toContain(null)
  })

  it('looks at X-Frame-Options only where no policy says who may', () => {
    expect(mayBeFramed(new Headers({ 'x-frame-options': 'SAMEORIGIN' }), framing)).toBe('X-Frame-Options: SAMEORIGIN')
    expect(mayBeFramed(new Headers({ 'x-frame-options': 'DENY', 'content-security-policy': 'frame-ancestors *' }), framing)).toBeNull()
    expect(mayBeFramed(new Headers({ 'x-frame-options': 'ALLOW-FROM https://a.example' }), framing)).toBeNull()
  })
})

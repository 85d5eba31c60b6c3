import { consola } from 'consola'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPullSender, defineB24EventHandler, PullError } from '../../../src/server'
import type { B24EventHandler, B24EventHandlerOptions, PullSender, PullSenderOptions } from '../../../src/server'
import { toPhpForm } from '../../../src/portal/events/php-form'
import { PATIENCE } from '../../support/patience'

const problem = new Error('of the app')
const onConsole = vi.fn()
const unhandled = vi.fn()

beforeEach(() => {
  onConsole.mockClear()
  unhandled.mockClear()
  vi.spyOn(consola, 'withTag').mockReturnValue({ error: onConsole } as never)
  process.on('unhandledRejection', unhandled)
})

afterEach(async () => {
  // Node tells of them once a turn of the event loop is over.
  await new Promise(resolve => setImmediate(resolve))
  process.off('unhandledRejection', unhandled)
  vi.restoreAllMocks()
})

const form = (event = 'ONCRMDEALUPDATE', change: object = {}) => toPhpForm({
  event, data: { FIELDS: { ID: 42 } }, ts: 1, auth: { access_token: 'access', client_endpoint: 'https://example.com/rest/', domain: 'example.com', member_id: 'member', application_token: 'right', ...change },
})

function create(options: Partial<B24EventHandlerOptions>): B24EventHandler {
  return defineB24EventHandler({ ...!options.tokenOf && { applicationToken: 'right' }, on: {}, ...options })
}

const call = async (handler: B24EventHandler, body: URLSearchParams | string) => (await handler({ req: new Request('http://localhost/', { method: 'POST', body }) })).status
const told = (onError: ReturnType<typeof vi.fn>) => onError.mock.calls.map(([error]) => error)

describe('an error while an event is heard', () => {
  it('is told where `tokenOf` failed', async () => {
    const onError = vi.fn()
    expect(await call(create({ tokenOf: () => Promise.reject(problem), onError }), form())).toBe(500)
    expect(onError.mock.calls).toEqual([[problem, { name: 'ONCRMDEALUPDATE', memberId: 'member' }]])
  })

  it('is written to the console where nobody wants to hear it', async () => {
    expect(await call(create({ tokenOf: () => Promise.reject(problem) }), form())).toBe(500)
    expect(onConsole.mock.calls).toEqual([[expect.stringContaining('ONCRMDEALUPDATE'), problem]])
  })

  it('is written there without the secrets that it carries', async () => {
    const config = { data: '{"auth":"1f2e3d4c005a6b7c0000000100000001"}' }
    expect(await call(create({ tokenOf: () => Promise.reject(Object.assign(new Error('auth=1f2e3d4c'), { config })) }), form())).toBe(500)
    const [written] = onConsole.mock.calls[0]!.slice(1)
    expect(written).toMatchObject({ message: 'auth=***' })
    expect(written).not.toHaveProperty('config')
  })

  it('is told where the sender could not be made', async () => {
    const onError = vi.fn()
    expect(await call(create({ sender: Promise.reject(problem), onError, on: { ONCRMDEALUPDATE: () => {} } }), form())).toBe(500)
    expect(told(onError)).toEqual([problem])
  })

  it('is told once where the handler fails for the same reason', async () => {
    const onError = vi.fn()
    const sender = Promise.reject<PullSender>(problem)
    const handler = vi.fn(() => sender)
    expect(await call(create({ sender, onError, on: { ONCRMDEALUPDATE: handler } }), form())).toBe(500)
    // Its turn may come after the answer.
    await vi.waitUntil(() => handler.mock.calls.length > 0, PATIENCE)
    await new Promise(resolve => setImmediate(resolve))
    expect(told(onError)).toEqual([problem])
  })

  it('is told where it is one of ours, of a call that `onInstall` made', async () => {
    const ours = new PullError({ code: 'REST_FAILED', message: 'No.', why: 'So.', fix: 'Try.' })
    const onError = vi.fn()
    expect(await call(create({ code: 'app', onInstall: () => Promise.reject(ours), onError }), form('ONAPPINSTALL'))).toBe(500)
    expect(told(onError)).toEqual([ours])
  })

  it('is not told where a stranger posted: anybody can', async () => {
    const onError = vi.fn()
    expect(await call(create({ onError }), 'no event')).toBe(400)
    expect(await call(create({ onError }), form('ONCRMDEALUPDATE', { application_token: 'wrong' }))).toBe(403)
    expect(onError).not.toHaveBeenCalled()
    expect(onConsole).not.toHaveBeenCalled()
  })
})

describe('a hook that fails itself', () => {
  const fails = { throws: () => {
    throw problem
  }, rejects: () => Promise.reject(problem) }

  it.each(Object.entries(fails))('as `onError`, which %s, is told on the console and harms nobody', async (_, onError) => {
    expect(await call(create({ onError, on: { ONCRMDEALUPDATE: () => Promise.reject(new Error('of the handler')) } }), form())).toBe(200)
    await vi.waitUntil(() => onConsole.mock.calls.length > 0, PATIENCE)
    expect(onConsole.mock.calls).toEqual([[expect.any(String), problem]])
    await new Promise(resolve => setImmediate(resolve))
    expect(unhandled).not.toHaveBeenCalled()
  })

  const hooks: [string, Partial<PullSenderOptions>][] = [
    ['onGone', { connect: () => null }],
    ['onFailed', { connect: () => Promise.reject(new Error('no database')), retryFor: 0 }],
    ['onFigures', { connect: () => null }],
  ]
  it.each(hooks)('as `%s` of a sender, by a promise, is told on the console and harms nobody', async (name, options) => {
    const sender = createPullSender({ connect: () => null, coalesce: 0, ...options, [name]: () => Promise.reject(problem) })
    await sender.send('one', { command: 'ping' })
    await sender.idle()
    await vi.waitUntil(() => onConsole.mock.calls.length > 0, PATIENCE)
    expect(onConsole.mock.calls[0]).toEqual([expect.any(String), problem])
    await new Promise(resolve => setImmediate(resolve))
    expect(unhandled).not.toHaveBeenCalled()
    await sender.close()
  })
})

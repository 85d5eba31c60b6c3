import { describe, expect, it } from 'vitest'
import { createPortal } from '../../../src/portal'
import { rest } from './support/client'

const app = 'http://localhost:3000'

describe('the limits of REST', () => {
  it('let fifty requests through at once, and tell the next one to wait', async () => {
    const portal = await createPortal({ app, limits: { perSecond: 0.000_1 } })
    const token = portal.authorize().access_token
    const answers = await Promise.all(Array.from({ length: 60 }, () => rest(portal, token, 'profile')))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50)
    expect(answers.filter(({ status, error }) => status === 503 && error === 'QUERY_LIMIT_EXCEEDED')).toHaveLength(10)
    await portal.close()
  })

  it('count a batch as one request', async () => {
    const portal = await createPortal({ app, limits: { burst: 1, perSecond: 0.000_1 } })
    const token = portal.authorize().access_token
    const { result } = await rest(portal, token, 'batch', { cmd: Array.from({ length: 50 }, () => 'profile') })
    expect((result as { result: unknown[] }).result).toHaveLength(50)
    expect((await rest(portal, token, 'profile')).error).toBe('QUERY_LIMIT_EXCEEDED')
    await portal.close()
  })

  it('block a method that has worked for too long, and no other', async () => {
    const portal = await createPortal({
      app,
      limits: { operatingSeconds: 0.01 },
      rest: { 'slow.method': () => work(20) },
    })
    const token = portal.authorize().access_token
    const { time } = await rest(portal, token, 'slow.method')
    expect(time?.operating).toBeGreaterThanOrEqual(0.01)
    expect(Number(time?.operating_reset_at) * 1_000).toBeGreaterThan(Date.now())
    expect(await rest(portal, token, 'slow.method')).toMatchObject({ status: 429, error: 'OPERATION_TIME_LIMIT' })
    expect((await rest(portal, token, 'profile')).status).toBe(200)
    await portal.close()
  })

  it('are off where they are switched off', async () => {
    const portal = await createPortal({ app, limits: false })
    const token = portal.authorize().access_token
    const answers = await Promise.all(Array.from({ length: 80 }, () => rest(portal, token, 'server.time')))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    await portal.close()
  })
})

/** Keeps the processor busy for so many ms. */
function work(ms: number): string {
  const end = performance.now() + ms
  while (performance.now() < end) JSON.stringify({ ms })
  return 'done'
}

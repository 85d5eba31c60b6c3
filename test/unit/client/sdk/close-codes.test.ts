import { describe, expect, it } from 'vitest'
import { judgeEnd } from '../../../../src/runtime/app/client/sdk/close-codes'
import type { SdkEnd } from '../../../../src/runtime/app/client/sdk/pull-client'

const bySdk = (code: number, text = ''): SdkEnd => ({ code, text, by: 'sdk' })
const byServer = (code: number, text = ''): SdkEnd => ({ code, text, by: 'server' })

describe('judgeEnd', () => {
  it('leaves to the ladder what just ended', () => {
    expect(judgeEnd(null, 0)).toEqual({ reason: expect.objectContaining({ code: 'CONNECTION_LOST' }), needsConfig: false })
  })

  it.each([1000, 1001, 1006, 1011, 3004, 3005, 3999])('leaves the code %i to the ladder', (code) => {
    expect(judgeEnd(byServer(code), 0)).toEqual({ reason: expect.objectContaining({ code: 'CONNECTION_LOST' }), needsConfig: false })
  })

  it.each([4012, 4013, 4014, 4015, 4016, 4017, 4018, 4019, 4020, 4021])('leaves the code %i, about publishing, to the ladder', (code) => {
    expect(judgeEnd(byServer(code), 0)).toEqual({ reason: expect.objectContaining({ code: 'CONNECTION_LOST', why: expect.stringContaining(String(code)) }), needsConfig: false })
  })

  it.each([4000, 4001, 4028, 4999])('asks for the configuration anew at the unknown code %i', (code) => {
    expect(judgeEnd(byServer(code), 0)).toEqual({ reason: expect.objectContaining({ code: 'CONNECTION_LOST', why: expect.stringContaining(String(code)) }), needsConfig: true })
  })

  it('goes on with the configuration at hand where the SDK has replaced it', () => {
    expect(judgeEnd(bySdk(3000), 0)).toMatchObject({ reason: { code: 'CONFIG_REPLACED' }, needsConfig: false })
  })

  it.each([3000, 3001, 4010, 4036])('asks for the configuration anew at the server\'s code %i', (code) => {
    const verdict = judgeEnd(byServer(code), 0)
    expect(verdict).toMatchObject({ reason: { code: 'CONFIG_REPLACED' }, needsConfig: true })
    expect(verdict.wait).toBeUndefined()
  })

  it('waits on a slow rung where another connection of the user has taken its place, and says why', () => {
    expect(judgeEnd(byServer(4029), 0)).toMatchObject({ reason: { code: 'TOO_MANY_CONNECTIONS' }, wait: 600_000, needsConfig: false })
    expect(judgeEnd(byServer(4029), 1).wait).toBe(720_000)
  })

  it('gives up the place where the server cannot read its history', () => {
    expect(judgeEnd(byServer(4011), 0)).toMatchObject({ reason: { code: 'CONNECTION_LOST' }, losesId: true })
  })

  it.each([
    ['server restart', bySdk(3002, 'server was restarted'), false],
    ['server restart by a close code', byServer(3002), false],
    ['service restart of the WebSocket', byServer(1012), false],
    ['"try again later" of the WebSocket', byServer(1013), false],
    ['expired configuration', bySdk(3003, 'config expired received'), true],
    ['expired configuration by a close code', byServer(3003), true],
  ])('waits 10 to 120 s after a %s, as the platform asks', (_, how, needsConfig) => {
    expect(judgeEnd(how, 0)).toMatchObject({ reason: { code: 'SERVER_RESTART' }, wait: 10_000, needsConfig })
    expect(judgeEnd(how, 1).wait).toBe(120_000)
  })

  it('does not wait where only the SDK found the configuration out of date', () => {
    const verdict = judgeEnd(bySdk(3003, 'config expired'), 0.5)
    expect(verdict).toMatchObject({ reason: { code: 'CONFIG_REPLACED' }, needsConfig: true })
    expect(verdict.wait).toBeUndefined()
  })

  it('tells what the server said, without what is secret in it', () => {
    expect(judgeEnd(byServer(4500, 'no such CHANNEL_ID=abc'), 0).reason.why).toMatch(/It said: no such CHANNEL_ID=\*\*\*/)
  })
})

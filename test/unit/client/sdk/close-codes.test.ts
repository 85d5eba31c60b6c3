import { describe, expect, it } from 'vitest'
import { judgeEnd } from '../../../../src/runtime/app/client/sdk/close-codes'

const end = (code: number, text = '') => ({ code, text })

describe('judgeEnd', () => {
  it('leaves a socket that just closed to the ladder', () => {
    expect(judgeEnd(null, 0)).toMatchObject({ reason: { code: 'CONNECTION_LOST' }, needsConfig: false })
    expect(judgeEnd(null, 0).wait).toBeUndefined()
  })

  it.each([1000, 1001, 1006, 3004, 3005, 4999])('leaves the code %i to the ladder', (code) => {
    const verdict = judgeEnd(end(code), 0)
    expect(verdict).toMatchObject({ reason: { code: 'CONNECTION_LOST' }, needsConfig: false })
    expect(verdict.wait).toBeUndefined()
  })

  it('goes on with the configuration at hand when it was replaced', () => {
    expect(judgeEnd(end(3000), 0)).toMatchObject({ reason: { code: 'CONFIG_REPLACED' }, needsConfig: false })
  })

  it.each([3001, 4010])('asks for the configuration anew at the code %i', (code) => {
    const verdict = judgeEnd(end(code), 0)
    expect(verdict).toMatchObject({ reason: { code: 'CONFIG_REPLACED' }, needsConfig: true })
    expect(verdict.wait).toBeUndefined()
  })

  it.each([
    ['server restart', end(3002, 'server was restarted'), false],
    ['expired configuration', end(3003, 'config expired received'), true],
  ])('waits 10 to 120 s after a %s, as the platform asks', (_, how, needsConfig) => {
    expect(judgeEnd(how, 0)).toMatchObject({ reason: { code: 'SERVER_RESTART' }, wait: 10_000, needsConfig })
    expect(judgeEnd(how, 1).wait).toBe(120_000)
  })

  it('does not wait where only the SDK found the configuration out of date', () => {
    const verdict = judgeEnd(end(3003, 'config expired'), 0.5)
    expect(verdict).toMatchObject({ reason: { code: 'CONFIG_REPLACED' }, needsConfig: true })
    expect(verdict.wait).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import type { PullConfig } from '../../../../src/runtime/app/client/sdk/pull-client'
import { isConfigAlive } from '../../../../src/runtime/app/client/sdk/config-life'

const HOUR = 3_600_000
const GIVEN = Date.parse('2026-01-01T00:00:00Z')
const config = (exp: number, ...ends: unknown[]) => ({ exp, channels: Object.fromEntries(ends.map((end, i) => [`channel${i}`, { end }])) }) as unknown as PullConfig
const end = new Date(GIVEN + 12 * HOUR).toISOString()

describe('a configuration', () => {
  it.each([
    ['the end of a channel', config(0, end, new Date(GIVEN + 24 * HOUR).toISOString())],
    ['its own end', config((GIVEN + 12 * HOUR) / 1000)],
  ])('is alive up to %s', (_, given) => {
    expect(isConfigAlive(given, GIVEN, GIVEN + 12 * HOUR - 1)).toBe(true)
    expect(isConfigAlive(given, GIVEN, GIVEN + 12 * HOUR)).toBe(false)
  })

  it('has no end where the end had passed when the portal gave it', () => {
    expect(isConfigAlive(config(GIVEN / 1000 - 1, new Date(GIVEN - HOUR).toISOString()), GIVEN, GIVEN + 100 * HOUR)).toBe(true)
  })

  it.each([undefined, null, 'soon', {}, 5])('has no end where that is %j', (given) => {
    expect(isConfigAlive(config(Number.NaN, given), GIVEN, GIVEN + 100 * HOUR)).toBe(true)
  })
})

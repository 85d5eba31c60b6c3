import process from 'node:process'
import { nextFree } from '../../scripts/lib/ports.mjs'

/** Below those that systems give out by themselves. */
const FIRST = 10_000
const PROCESSES = 500

/** Who asks. Each has ports of its own, for two that start at once would be given the same free one. */
const RANGES = ['app', 'dev', 'dev-portal', 'variant', 'variant-dev', 'vite', 'vite-preview', 'portal', 'start', 'start-portal', 'postgres'] as const
const RANGE = 4

/**
 * A port that was free a moment ago, where other processes do not look for one first: several runs of the tests on one
 * machine keep out of each other's way.
 */
export function freePort(whose: typeof RANGES[number], host = '127.0.0.1'): Promise<number> {
  const ofProcess = FIRST + process.pid % PROCESSES * RANGES.length * RANGE
  return nextFree(ofProcess + RANGES.indexOf(whose) * RANGE, host)
}

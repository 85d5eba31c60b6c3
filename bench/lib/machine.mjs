import { cpus, loadavg, totalmem } from 'node:os'
import process from 'node:process'
import { findChromium } from '../../scripts/lib/chromium.mjs'
import { output } from '../../scripts/lib/run.mjs'

/** On what the figures were measured. */
export function machine() {
  const chromium = findChromium()
  return {
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    node: process.version,
    chromium: (chromium && output(chromium, ['--version'])?.trim()) ?? 'none',
    load: Number(loadavg()[0].toFixed(1)),
  }
}

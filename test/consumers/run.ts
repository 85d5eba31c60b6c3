import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { packAndBuild } from '../../scripts/lib/packed.mjs'
import { endAllOnSignal } from '../../scripts/lib/run.mjs'
import { report } from '../../scripts/lib/stop.mjs'
import { launchBrowser } from '../support/browser.ts'
import { chooseRows } from './choose-rows.ts'
import { tableOf } from './table.ts'
import { tryRow } from './try-row.ts'
import type { RowResult } from './try-row.ts'

// The rows of the matrix, at most two at once. `--counts <file>` is for `npm test`.

/** For the weekly run, which is there to meet what others have published since the lockfile was written. */
const isNewest = process.env.CONSUMERS_NEWEST === 'true'

/** Out of the way of the other tests' servers. */
const FIRST_PORT = 5200
const PORTS_PER_ROW = 10

const LINES_SHOWN = 60

endAllOnSignal()
try {
  const { values, positionals } = parseArgs({ options: { counts: { type: 'string' }, extent: { type: 'string' } }, allowPositionals: true })
  const results = await tryAll(positionals)
  const failed = results.filter(({ failure }) => failure)
  for (const { name, failure } of failed) {
    console.log(`\n── ${name} failed at ${failure!.step}; the end of ${failure!.log}:\n`)
    console.log(readFileSync(failure!.log, 'utf8').trimEnd().split('\n').slice(-LINES_SHOWN).join('\n'))
  }
  console.log(`\n${tableOf(results)}\n`)
  if (values.counts) writeFileSync(values.counts, JSON.stringify({ passed: results.length - failed.length, failed: failed.length, skipped: 0 }))
  process.exitCode = failed.length > 0 ? 1 : 0
}
catch (error) {
  process.exitCode = report(error)
}

async function tryAll(names: string[]): Promise<RowResult[]> {
  const rows = chooseRows(names)
  const { tarball } = await packAndBuild()
  // Far from this repository, whose packages an app below it would find.
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'nuxt-b24-pull-consumers-')))
  const browser = await launchBrowser()
  const waiting = rows.map((row, i) => ({ row, port: FIRST_PORT + i * PORTS_PER_ROW }))
  const results = new Map<string, RowResult>()

  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { row, port } = next
      const started = Date.now()
      const result = await tryRow(row, { tarball, home, browser, port, isNewest })
      results.set(row.name, result)
      console.log(`${result.failure ? '✗' : '✓'} ${row.name}, ${Math.round((Date.now() - started) / 1000)} s`)
      if (!result.failure) rmSync(join(home, row.name), { recursive: true, force: true })
    }
  }

  try {
    await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))
  }
  finally {
    await browser.close()
  }
  const done = rows.map(row => results.get(row.name)!)
  if (done.every(({ failure }) => !failure)) rmSync(home, { recursive: true, force: true })
  return done
}

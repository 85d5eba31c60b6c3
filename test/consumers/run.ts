import { existsSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { packAndBuild } from '../../scripts/lib/packed.mjs'
import { endAllOnSignal } from '../../scripts/lib/run.mjs'
import { report } from '../../scripts/lib/stop.mjs'
import { launchWholeBrowser } from '../support/browser.ts'
import { chooseRows } from './choose-rows.ts'
import { byInstallation } from './create-app.ts'
import type { Row } from './matrix.ts'
import { tableOf } from './table.ts'
import { tryRow } from './try-row.ts'
import type { RowResult } from './try-row.ts'

// The rows of the matrix, at most two at once; those with the same dependencies one after the other, in one installation.
// `--counts <file>` and `--extent <word>` are for `npm test`.

/** For the weekly run, which is there to meet what others have published since the lockfile was written. */
const isNewest = process.env.CONSUMERS_NEWEST === 'true'

/** Out of the way of the other tests' servers. */
const FIRST_PORT = 5200
const PORTS_PER_ROW = 10

const LINES_SHOWN = 60

endAllOnSignal()
try {
  const { values, positionals } = parseArgs({ options: { counts: { type: 'string' }, extent: { type: 'string' } }, allowPositionals: true })
  const results = await tryAll(chooseRows(positionals, values.extent))
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

async function tryAll(rows: Row[]): Promise<RowResult[]> {
  const { tarball } = await packAndBuild()
  // Far from this repository, whose packages an app below it would find.
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'nuxt-b24-pull-consumers-')))
  const browser = await launchWholeBrowser()
  const waiting = byInstallation(rows, isNewest)
  const results = new Map<string, RowResult>()

  async function work(): Promise<void> {
    for (let group = waiting.shift(); group; group = waiting.shift()) {
      const folder = join(home, group[0]!.name)
      for (const row of group) {
        const started = Date.now()
        const result = await tryRow(row, { tarball, home, folder, browser, port: FIRST_PORT + rows.indexOf(row) * PORTS_PER_ROW, isNewest })
        results.set(row.name, result)
        console.log(`${result.failure ? '✗' : '✓'} ${row.name}, ${Math.round((Date.now() - started) / 1000)} s`)
        // To look at; the others install anew.
        if (result.failure && existsSync(folder)) renameSync(folder, `${folder}.failed-${row.name}`)
      }
      rmSync(folder, { recursive: true, force: true })
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

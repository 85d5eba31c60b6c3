import process from 'node:process'
import { REQUIRED } from './matrix.ts'
import { STEPS } from './try-row.ts'
import type { RowResult } from './try-row.ts'

/** The results as a table of plain text: installed versions, seconds of each step, and how it ended. */
export function tableOf(results: RowResult[]): string {
  const rows = results.map(({ name, versions, times, failure }) => [
    name,
    ...REQUIRED.map(name => versions[name] ?? (name === 'node' ? process.versions.node : '–')),
    ...STEPS.map(step => times[step]?.toFixed(1) ?? (failure?.step === step ? '✗' : '–')),
    failure ? `failed at ${failure.step}` : 'ok',
  ])
  const all = [['row', ...REQUIRED, ...STEPS, ''], ...rows]
  const widths = all[0]!.map((_, i) => Math.max(...all.map(row => row[i]!.length)))
  return all.map(row => row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ').trimEnd()).join('\n')
}

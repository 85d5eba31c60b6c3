import { readFileSync } from 'node:fs'

const SLOWEST = 10

/**
 * Prints what each step came to, the files that took longest, and the processor time of all of it.
 * @param {(import('./counts.mjs').Counts & { name: string, seconds: number })[]} rows
 */
export function printTable(rows) {
  console.log('\nstep                     passed  failed  skipped    time')
  for (const { name, passed, failed, skipped, seconds, note } of rows) {
    const cells = [passed, failed, skipped].map(n => String(n).padStart(8)).join('')
    console.log(`${failed > 0 ? '✗' : '✓'} ${name.padEnd(21)}${cells}${`${seconds} s`.padStart(9)}${note ? `  ${note}` : ''}`)
  }
  console.log('Lint, the type check of the playground and the package count as one check each, an app of the consumers as one test.')
  const files = rows.flatMap(({ files = [] }) => files).sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST)
  if (files.length > 1) console.log(`\nSlowest: ${files.map(({ file, seconds }) => `${file} ${Math.round(seconds)} s`).join(', ')}`)
  const seconds = processorTime()
  console.log(seconds === undefined ? '' : `Processor time: ${(seconds / 60).toFixed(1)} min\n`)
}

/** s of all processes that this one has started and seen end, where the system tells (Linux). */
function processorTime() {
  try {
    // After the name in brackets, which may hold anything; then, from the third field on, the 16th and 17th, in hundredths.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1).split(' ')
    return (Number(fields[13]) + Number(fields[14])) / 100
  }
  catch {
    return undefined
  }
}

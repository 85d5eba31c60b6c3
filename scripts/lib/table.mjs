import { availableParallelism, cpus } from 'node:os'

const SLOWEST = 10

/**
 * Prints what each step came to, the files that took longest, what failed, and the processor time of the machine meanwhile.
 * @param {(import('./counts.mjs').Counts & { name: string, seconds: number })[]} rows
 * @param {number} begun {@link processorTime} at the start
 */
export function printTable(rows, begun) {
  console.log('\nstep                     passed  failed  skipped    time')
  for (const { name, passed, failed, skipped, seconds, note } of rows) {
    const cells = [passed, failed, skipped].map(n => String(n).padStart(8)).join('')
    console.log(`${failed > 0 ? '✗' : '✓'} ${name.padEnd(21)}${cells}${`${seconds} s`.padStart(9)}${note ? `  ${note}` : ''}`)
  }
  console.log('Lint, the type check of the playground and the package count as one check each, an app of the consumers as one test.')
  const files = rows.flatMap(({ files = [] }) => files).sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST)
  if (files.length > 1) console.log(`\nSlowest: ${files.map(({ file, seconds }) => `${file} ${Math.round(seconds)} s`).join(', ')}`)
  const failures = rows.flatMap(({ failures = [] }) => failures)
  if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`)
  console.log(`\nProcessor time: ${((processorTime() - begun) / 60).toFixed(1)} min of ${availableParallelism()} × ${(performance.now() / 60_000).toFixed(1)} min\n`)
}

/** s that this machine's processors have been busy since it was started: browsers leave families of processes, whose time nobody else adds up. */
export function processorTime() {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1_000
}

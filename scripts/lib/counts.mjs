import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from './root.mjs'

/**
 * What one step of `npm test` came to. A check without tests of its own (lint, types, a build) counts as one.
 * @typedef {{ passed: number, failed: number, skipped: number, note?: string, files?: { file: string, seconds: number }[], failures?: string[] }} Counts `failures`: each failed test by file and name, with the first lines of its error
 */

/** A line of a failed test's error says what; the second one often says where. More stands with the step. */
const LINES_OF_ERROR = 3

/**
 * @param {boolean} ok
 * @returns {Counts} one passed or one failed
 */
export function oneCheck(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

/**
 * Counts from the report of Vitest's `json` reporter. Never better than the exit code: an error outside any test, a file
 * that does not load and a project without tests are failures too.
 * @param {string} file
 * @param {number} code Vitest's exit code
 * @returns {Counts} with a note where the numbers need one
 */
export function fromVitest(file, code) {
  if (!existsSync(file)) return { ...oneCheck(false), note: `Vitest ended with code ${code} and left no report` }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const tests = report.testResults.flatMap(suite => suite.assertionResults)
  const count = (...states) => tests.filter(test => states.includes(test.status)).length
  const counts = {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped', 'pending', 'todo', 'disabled'),
    files: report.testResults.map(({ name, startTime, endTime }) => ({ file: relative(root, name), seconds: (endTime - startTime) / 1000 })),
    failures: report.testResults.flatMap(({ name, assertionResults, message }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed')
      const inTests = failed.map(({ fullName, failureMessages }) => inWords(`${relative(root, name)} › ${fullName}`, failureMessages[0]))
      return failed.length === 0 && message ? [inWords(relative(root, name), message)] : inTests
    }),
  }
  const broken = report.testResults.filter(suite => suite.status === 'failed' && suite.assertionResults.every(test => test.status !== 'failed'))
  if (broken.length > 0) return { ...counts, failed: counts.failed + broken.length, note: `${broken.length} file(s) failed outside their tests` }
  if (tests.length === 0) return { ...counts, failed: 1, note: 'no test was found' }
  if (code !== 0 && counts.failed === 0) return { ...counts, failed: 1, note: `all tests passed, but Vitest ended with code ${code}` }
  return counts
}

/**
 * Counts as `test/consumers/run.ts` leaves them. Never better than the exit code.
 * @param {string} file
 * @param {number} code its exit code
 * @returns {Counts} one for each app
 */
export function fromConsumers(file, code) {
  if (!existsSync(file)) return { ...oneCheck(false), note: `no app was tried to its end: code ${code}` }
  const counts = JSON.parse(readFileSync(file, 'utf8'))
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1, note: `all apps passed, but it ended with code ${code}` } : counts
}

/**
 * @param {Counts[]} all
 * @returns {Counts} their sum
 */
export function total(all) {
  const sum = key => all.reduce((n, counts) => n + counts[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/**
 * The line that continuous integration reads.
 * @param {Counts} counts
 */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/**
 * @param {string} title
 * @param {string} [message] with the places that Vitest colours
 */
function inWords(title, message = '') {
  const lines = stripVTControlCharacters(message).split('\n').filter(line => line.trim() !== '').slice(0, LINES_OF_ERROR)
  return [title, ...lines.map(line => `    ${line.trim().slice(0, 200)}`)].join('\n')
}

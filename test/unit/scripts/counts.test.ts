import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { root } from '../../../scripts/lib/root.mjs'
import { fromConsumers, fromVitest, oneCheck, summaryLine, total } from '../../../scripts/lib/counts.mjs'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counts-'))
  file = join(folder, 'report.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

function reportOf(...files: { status: string, tests: string[] }[]) {
  const testResults = files.map(({ status, tests }, i) => ({ name: join(root, `${i}.test.ts`), startTime: 1_000, endTime: 3_500, status, assertionResults: tests.map((status, n) => ({ status, fullName: `part test ${n}`, failureMessages: status === 'failed' ? ['\u001B[31mError: red\u001B[39m\n\n    at a.ts:1\n    at b.ts:2\n    at c.ts:3'] : [] })), ...(status === 'failed' && tests.length === 0 && { message: 'it does not load' }) }))
  writeFileSync(file, JSON.stringify({ testResults }))
}

describe('the counts of a Vitest run', () => {
  it('are those of its tests', () => {
    reportOf({ status: 'passed', tests: ['passed', 'skipped', 'todo'] }, { status: 'failed', tests: ['passed', 'failed'] })
    const files = [{ file: '0.test.ts', seconds: 2.5 }, { file: '1.test.ts', seconds: 2.5 }]
    expect(fromVitest(file, 1)).toEqual({ passed: 2, failed: 1, skipped: 2, files, failures: ['1.test.ts › part test 1\n    Error: red\n    at a.ts:1\n    at b.ts:2'] })
  })

  it('hold a failure when a file did not load', () => {
    reportOf({ status: 'passed', tests: ['passed'] }, { status: 'failed', tests: [] })
    expect(fromVitest(file, 1)).toMatchObject({ passed: 1, failed: 1, failures: ['1.test.ts\n    it does not load'] })
  })

  it('hold a failure when something failed outside the tests', () => {
    reportOf({ status: 'passed', tests: ['passed'] })
    expect(fromVitest(file, 1)).toMatchObject({ passed: 1, failed: 1 })
  })

  it('hold a failure when there was no test', () => {
    reportOf()
    expect(fromVitest(file, 0)).toMatchObject({ passed: 0, failed: 1, note: 'no test was found' })
  })

  it('hold a failure when Vitest left no report', () => {
    expect(fromVitest(join(folder, 'missing.json'), 139)).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('the counts of the consumers', () => {
  const counts = { passed: 9, failed: 1, skipped: 0 }

  it('are those of the apps', () => {
    writeFileSync(file, JSON.stringify(counts))
    expect(fromConsumers(file, 1)).toEqual(counts)
  })

  it('hold a failure when something failed outside the apps', () => {
    writeFileSync(file, JSON.stringify({ ...counts, failed: 0 }))
    expect(fromConsumers(file, 1)).toMatchObject({ passed: 9, failed: 1 })
  })

  it('hold a failure when none was tried to its end', () => {
    expect(fromConsumers(join(folder, 'missing.json'), 124)).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('the last line', () => {
  it('sums the steps', () => {
    expect(summaryLine(total([oneCheck(true), oneCheck(false), { passed: 40, failed: 0, skipped: 0 }]))).toBe('41 passed, 1 failed')
  })

  it('names skipped tests where there are some', () => {
    expect(summaryLine({ passed: 2, failed: 0, skipped: 1 })).toBe('2 passed, 0 failed, 1 skipped')
  })
})

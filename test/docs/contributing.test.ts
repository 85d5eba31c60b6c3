import { describe, expect, it } from 'vitest'
import { STEPS } from '../../scripts/lib/steps.mjs'
import { codeWords, readDocument, sectionOf, tableRows } from '../support/markdown'

const page = readDocument('CONTRIBUTING.md')
const { dependencies, devDependencies, peerDependencies } = JSON.parse(readDocument('package.json'))

/** The words in code type in the first column of a section's tables. */
function firstColumn(heading: string): Set<string> {
  return new Set(tableRows(sectionOf(page, heading)).flatMap(([first = '']) => codeWords(first)))
}

describe('CONTRIBUTING.md', () => {
  it('gives a reason for every dependency, and for none that is gone', () => {
    expect(firstColumn('## Why each dependency')).toEqual(new Set(Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })))
  })

  it('names every step of npm test', () => {
    expect(firstColumn('## Tests')).toEqual(new Set(STEPS.map(step => step.name)))
  })
})

import { expect, it } from 'vitest'
import { chooseSteps } from '../../../scripts/lib/steps.mjs'

const names = (...words: string[]) => chooseSteps(words).steps.map(step => step.name)

it('runs every step when none is named', () => {
  expect(names()).toEqual(expect.arrayContaining(['lint', 'types', 'unit', 'docs', 'build', 'nuxt', 'memory', 'package', 'pages', 'contract', 'shared', 'chaos', 'e2e', 'consumers']))
  expect(chooseSteps([]).extent).toBe('usual')
})

it('runs the named steps in their own order', () => {
  expect(names('e2e', 'unit')).toEqual(['unit', 'e2e'])
})

it('runs, where it has to be quick, what has a quick part, and of the named steps that part', () => {
  expect(names('quick')).toEqual(expect.arrayContaining(['lint', 'types', 'unit', 'contract']))
  expect(names('quick')).not.toContain('consumers')
  expect(chooseSteps(['quick', 'contract'])).toMatchObject({ extent: 'quick', steps: [{ name: 'contract' }] })
})

it('runs every step to its full extent', () => {
  expect(names('full')).toEqual([...names(), 'unused'])
  expect(chooseSteps(['full']).extent).toBe('full')
})

it('names the steps there are when one is misspelt', () => {
  expect(() => chooseSteps(['units'])).toThrow(/no test step "units"[\s\S]*types, [\s\S]*unit, /)
})

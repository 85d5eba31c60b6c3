import { expect, it } from 'vitest'
import { chooseSteps } from '../../../scripts/lib/steps.mjs'

const names = (steps: { name: string }[]) => steps.map(step => step.name)

it('runs every step when none is named', () => {
  expect(names(chooseSteps([]))).toEqual(expect.arrayContaining(['lint', 'typecheck', 'unit', 'nuxt', 'memory', 'types', 'package', 'e2e']))
})

it('runs the named steps in their own order', () => {
  expect(names(chooseSteps(['e2e', 'unit']))).toEqual(['unit', 'e2e'])
})

it('names the steps there are when one is misspelt', () => {
  expect(() => chooseSteps(['units'])).toThrow(/no test step "units"[\s\S]*unit, types/)
})

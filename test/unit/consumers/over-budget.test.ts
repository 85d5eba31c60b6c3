import { expect, it } from 'vitest'
import { overPackageBudget } from '../../consumers/size/over-budget'

const parts = { 'source maps': 0, 'types': 0, 'runtime': 0, 'portal page': 0, 'rest': 0 }
const size = { packed: 10, unpacked: 20, files: 2, parts, exports: { './portal': { atImport: 5, inAll: 9 } } }
const budgets = { packed: 10, unpacked: 20, exports: { './portal': 5 } }

it('is kept to the byte', () => {
  expect(overPackageBudget(size, budgets)).toEqual([])
})

it.each([
  [{ packed: 11 }, 'The tarball has 11 bytes; its budget in test/consumers/size/budgets.json is 10.'],
  [{ unpacked: 21 }, 'The package on the disk has 21 bytes; its budget in test/consumers/size/budgets.json is 20.'],
  [{ exports: { './portal': { atImport: 6, inAll: 9 } } }, 'The export "./portal" has 6 bytes; its budget in test/consumers/size/budgets.json is 5.'],
  [{ exports: { './more': { atImport: 1, inAll: 1 } } }, 'The export "./more" has 1 bytes; its budget in test/consumers/size/budgets.json is 0.'],
])('is overrun by %o', (change, problem) => {
  expect(overPackageBudget({ ...size, ...change }, budgets)).toEqual([problem])
})

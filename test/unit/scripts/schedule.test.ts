import { expect, it } from 'vitest'
import { runBeside } from '../../../scripts/lib/schedule.mjs'
import { settle } from '../../support/settle'

interface Step { name: string, cores: number, after?: string[] }

/** Steps that end when the test says so. */
function start(cores: number, steps: Step[]) {
  const running = new Map<string, () => void>()
  const finished = runBeside(steps, { cores, run: ({ name }: Step) => new Promise<string>(resolve => running.set(name, () => {
    running.delete(name)
    resolve(`${name} ran`)
  })) })
  return {
    finished,
    running: () => [...running.keys()],
    async end(...names: string[]) {
      for (const name of names) running.get(name)!()
      await settle()
    },
  }
}

it('runs as many steps beside each other as there are cores for, in their order', async () => {
  const { running, end, finished } = start(2, ['a', 'b', 'c'].map(name => ({ name, cores: 1 })))
  expect(running()).toEqual(['a', 'b'])
  await end('b')
  expect(running()).toEqual(['a', 'c'])
  await end('a', 'c')
  expect(await finished).toEqual(['a ran', 'b ran', 'c ran'])
})

it('runs a step that mostly waits beside one that is busy', () => {
  expect(start(1.5, [{ name: 'busy', cores: 1 }, { name: 'other', cores: 1 }, { name: 'waits', cores: 0.5 }]).running()).toEqual(['busy', 'waits'])
})

it('gives all cores to a step that wants more than there are', async () => {
  const { running, end } = start(2, [{ name: 'small', cores: 1 }, { name: 'big', cores: 4 }])
  expect(running()).toEqual(['small'])
  await end('small')
  expect(running()).toEqual(['big'])
})

it('keeps a step back until those before it have ended, if they run at all', async () => {
  const { running, end } = start(4, [{ name: 'e2e', cores: 1, after: ['package', 'not chosen'] }, { name: 'package', cores: 1 }])
  expect(running()).toEqual(['package'])
  await end('package')
  expect(running()).toEqual(['e2e'])
})

it('says so where steps wait for each other', async () => {
  await expect(start(2, [{ name: 'a', cores: 1, after: ['b'] }, { name: 'b', cores: 1, after: ['a'] }]).finished).rejects.toThrow('a, b')
})

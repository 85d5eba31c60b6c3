import { expect, it, vi } from 'vitest'
import { createWaitingList } from '../../../src/runtime/utils/waiting-list'

it('subscribes in order when what was waited for is there', () => {
  const list = createWaitingList<string>()
  const told: string[] = []
  for (const name of ['first', 'second']) {
    list.add((target) => {
      told.push(`${name} at ${target}`)
      return () => {}
    })
  }
  expect(told).toEqual([])
  list.arrived('it')
  expect(told).toEqual(['first at it', 'second at it'])
})

it('forgets what was ended before', () => {
  const list = createWaitingList<string>()
  const subscribe = vi.fn(() => () => {})
  list.add(subscribe)()
  list.arrived('it')
  expect(subscribe).not.toHaveBeenCalled()
})

it('ends a subscription that was made in the meantime', () => {
  const list = createWaitingList<string>()
  const end = vi.fn()
  const stop = list.add(() => end)
  list.arrived('it')
  stop()
  expect(end).toHaveBeenCalledOnce()
})

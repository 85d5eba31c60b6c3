import { describe, expect, it, vi } from 'vitest'
import { BUFFER_LIMIT, createStateSync } from '../../../src/runtime/app/services/state-sync'
import type { Reducer } from '../../../src/runtime/app/services/state-sync'
import { deepFreeze } from '../../../src/runtime/app/hub/deep-freeze'
import type { PullMessage } from '../../../src/runtime/types'

const message = (command: string, params: Record<string, unknown> = {}): PullMessage => ({
  module: 'application', command, params, extra: {}, type: 'server', receivedAt: 0, source: 'test',
})

const reducers: Record<string, Reducer<number[]>> = {
  add: (state, params) => [...state, (params as { n: number }).n],
  clear: () => [],
  import: 'refresh',
  bad: () => {
    throw new Error('boom')
  },
  nothing: () => undefined as never,
  mutate: state => (state.push(1), state),
}

function create(initial?: number[]) {
  const onState = vi.fn<(state: number[]) => void>()
  const onProblem = vi.fn()
  const sync = createStateSync<number[]>({ reducers: new Map(Object.entries(reducers)), initial, onState, onProblem, freeze: deepFreeze })
  return { sync, onState, onProblem, last: () => onState.mock.lastCall?.[0] }
}

describe('createStateSync', () => {
  it('applies commands to what is known, at once and in order', () => {
    const { sync, last } = create([1])
    sync.command(message('add', { n: 2 }))
    sync.command(message('add', { n: 3 }))
    expect(last()).toEqual([1, 2, 3])
  })

  it('waits with commands for the first snapshot, and applies them to it', () => {
    const { sync, onState, last } = create()
    const fetch = sync.begin()
    sync.command(message('add', { n: 2 }))
    expect(onState).not.toHaveBeenCalled()
    expect(fetch.accept([1])).toBe(true)
    expect(last()).toEqual([1, 2])
    expect(onState).toHaveBeenCalledTimes(1)
  })

  it('forgets commands that came before the fetch began: its answer holds them', () => {
    const { sync, last } = create([])
    sync.command(message('add', { n: 1 }))
    sync.begin().accept([1])
    expect(last()).toEqual([1])
  })

  it('drops an answer that a newer fetch has overtaken, whenever it comes', () => {
    const { sync, last, onState } = create()
    const first = sync.begin()
    const second = sync.begin()
    expect(first.accept([0])).toBeNull()
    expect(second.accept([1])).toBe(true)
    expect(first.accept([0])).toBeNull()
    expect(last()).toEqual([1])
    expect(onState).toHaveBeenCalledTimes(1)
  })

  it('says so where a fetch has to mend it', () => {
    const { sync } = create([])
    expect(sync.command(message('import'))).toBe('refresh')
    expect(sync.command(message('bad'))).toBe('failed')
    expect(sync.command(message('clear'))).toBe('applied')
  })

  it.each(['bad', 'nothing', 'mutate'])('keeps the state when a reducer fails: %s', (command) => {
    const { sync, onState, onProblem } = create([7])
    expect(sync.command(message(command))).toBe('failed')
    expect(onState).not.toHaveBeenCalled()
    expect(onProblem).toHaveBeenCalledWith(expect.objectContaining({ code: 'REDUCER_FAILED' }), expect.objectContaining({ command }))
    sync.command(message('add', { n: 8 }))
    expect(onState.mock.lastCall?.[0]).toEqual([7, 8])
  })

  it('applies the other commands to an answer when one of them fails, and says that it is not whole', () => {
    const { sync, last } = create()
    const fetch = sync.begin()
    sync.command(message('bad'))
    sync.command(message('add', { n: 2 }))
    expect(fetch.accept([1])).toBe(false)
    expect(last()).toEqual([1, 2])
  })

  it('keeps no more commands than it can hold, and then says that the answer is not whole', () => {
    const { sync, last } = create()
    const fetch = sync.begin()
    for (let n = 0; n <= BUFFER_LIMIT; n++) sync.command(message('clear'))
    expect(fetch.accept([1])).toBe(false)
    expect(last()).toEqual([])
  })

  it('keeps nothing once a fetch is dropped', () => {
    const { sync, last } = create([])
    const fetch = sync.begin()
    fetch.drop()
    expect(fetch.accept([5])).toBeNull()
    sync.command(message('add', { n: 1 }))
    expect(last()).toEqual([1])
  })
})

// @vitest-environment happy-dom
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createRecorder } from '../../../src/runtime/app/stores/recorder'
import { usePullStore } from '../../../src/runtime/app/stores/usePullStore'
import type { PullMessage } from '../../../src/runtime/types'
import { PullError } from '../../../src/runtime/utils/errors'

const FRAME = 20

const message = (id: number, change: Partial<PullMessage> = {}): PullMessage =>
  ({ module: 'crm', command: 'ping', params: { id }, extra: {}, type: 'server', receivedAt: id, source: 'test', ...change })

function createRecorded(history = 100) {
  const store = usePullStore(createPinia())
  const recorder = createRecorder(store, history)
  onTestFinished(recorder.dispose)
  return {
    store, recorder,
    record: (from: number, to: number, change?: Partial<PullMessage>) => {
      for (let id = from; id <= to; id++) recorder.record(message(id, change))
    },
    ids: () => store.messages.map(({ params }) => params.id),
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the store', () => {
  it('has the id b24-pull and is empty at first', () => {
    const store = usePullStore(createPinia())
    expect(store.$id).toBe('b24-pull')
    expect(store.$state).toEqual({ status: 'idle', reason: null, messages: [], counts: new Map(), lastMessageAt: null })
  })

  it('finds the latest message of a command, its module in any case', () => {
    const { store, record } = createRecorded()
    record(1, 3)
    record(4, 4, { command: 'pong' })
    vi.advanceTimersByTime(FRAME)
    expect(store.latest('CRM', 'ping')?.params).toEqual({ id: 3 })
    expect(store.latest('crm', 'none')).toBeUndefined()
  })

  it('shows status and reason as they are set', () => {
    const { store } = createRecorded()
    const reason = new PullError({ code: 'NOT_IN_FRAME', message: 'm', why: 'w', fix: 'f' })
    Object.assign(store, { status: 'failed', reason })
    expect(store.status).toBe('failed')
    expect(store.reason).toBe(reason)
  })
})

describe('recording', () => {
  it('shows messages with the next frame, newest last', () => {
    const { record, ids } = createRecorded()
    record(1, 3)
    expect(ids()).toEqual([])
    vi.advanceTimersByTime(FRAME)
    expect(ids()).toEqual([1, 2, 3])
  })

  it('writes once per frame, however many messages there are', () => {
    const { store, record } = createRecorded()
    const onChange = vi.fn()
    store.$subscribe(onChange, { flush: 'sync' })
    record(1, 1000)
    vi.advanceTimersByTime(FRAME)
    expect(onChange.mock.calls.length).toBeLessThanOrEqual(3)
  })

  it.each([
    [0, []],
    [1, [250]],
    [100, Array.from({ length: 100 }, (_, i) => 151 + i)],
  ])('keeps with a history of %i only so many', (history, expected) => {
    const { record, ids } = createRecorded(history)
    record(1, 250)
    vi.advanceTimersByTime(FRAME)
    expect(ids()).toEqual(expected)
  })

  it('keeps so many over several frames, too', () => {
    const { record, ids } = createRecorded(3)
    record(1, 2)
    vi.advanceTimersByTime(FRAME)
    record(3, 4)
    vi.advanceTimersByTime(FRAME)
    expect(ids()).toEqual([2, 3, 4])
  })

  it.each([0, 1, 100])('counts every message with a history of %i', (history) => {
    const { store, record } = createRecorded(history)
    record(1, 250)
    record(251, 253, { command: 'pong' })
    vi.advanceTimersByTime(FRAME)
    expect(store.counts).toEqual(new Map([['crm', new Map([['ping', 250], ['pong', 3]])]]))
    expect(store.lastMessageAt).toBe(253)
  })

  it('goes on counting', () => {
    const { store, record } = createRecorded()
    record(1, 2)
    vi.advanceTimersByTime(FRAME)
    record(3, 3)
    vi.advanceTimersByTime(FRAME)
    expect(store.counts.get('crm')?.get('ping')).toBe(3)
  })

  it('counts names of prototypes like any other', () => {
    const { store, record } = createRecorded()
    record(1, 2, { module: '__proto__', command: 'constructor' })
    vi.advanceTimersByTime(FRAME)
    expect(store.counts.get('__proto__')?.get('constructor')).toBe(2)
  })

  it('counts 1,000 commands at most, and goes on with those it has', () => {
    const { store, recorder } = createRecorded()
    for (let id = 0; id < 1500; id++) recorder.record(message(id, { module: `m${id % 3}`, command: `c${id}` }))
    vi.advanceTimersByTime(FRAME)
    recorder.record(message(1, { module: 'm0', command: 'c0' }))
    recorder.record(message(1, { module: 'new', command: 'new' }))
    vi.advanceTimersByTime(FRAME)
    const commands = [...store.counts.values()].reduce((sum, { size }) => sum + size, 0)
    expect(commands).toBe(1000)
    expect(store.counts.get('m0')?.get('c0')).toBe(2)
  })
})

describe('a recorded message', () => {
  it('is found before the store shows it', () => {
    const { recorder, record } = createRecorded()
    record(1, 2)
    expect(recorder.recorded().at(-1)?.params).toEqual({ id: 2 })
  })

  it('is found in the store afterwards, before those that it does not show yet', () => {
    const { recorder, record } = createRecorded()
    record(1, 2)
    vi.advanceTimersByTime(FRAME)
    record(3, 3)
    expect(recorder.recorded().map(({ params }) => params.id)).toEqual([1, 2, 3])
  })

  it('is never found with a history of 0', () => {
    const { recorder, record } = createRecorded(0)
    record(1, 1)
    vi.advanceTimersByTime(FRAME)
    expect(recorder.recorded()).toEqual([])
  })
})

describe('clear()', () => {
  it('forgets messages, counts and the time', () => {
    const { store, record } = createRecorded()
    record(1, 3)
    vi.advanceTimersByTime(FRAME)
    store.clear()
    expect(store.$state).toMatchObject({ messages: [], counts: new Map(), lastMessageAt: null })
  })

  it('forgets what the store does not show yet', () => {
    const { store, recorder, record } = createRecorded()
    record(1, 3)
    store.clear()
    vi.advanceTimersByTime(FRAME)
    expect(store.messages).toEqual([])
    expect(recorder.recorded()).toEqual([])
  })

  it('does not forget what comes afterwards in the same frame', () => {
    const { store, record, ids } = createRecorded()
    record(1, 3)
    store.clear()
    record(4, 4)
    vi.advanceTimersByTime(FRAME)
    expect(ids()).toEqual([4])
    expect(store.counts.get('crm')?.get('ping')).toBe(1)
  })
})

describe('the end', () => {
  it('shows what was waiting and leaves no timer', () => {
    const { recorder, record, ids } = createRecorded()
    record(1, 2)
    recorder.dispose()
    expect(ids()).toEqual([1, 2])
    expect(vi.getTimerCount()).toBe(0)
  })
})

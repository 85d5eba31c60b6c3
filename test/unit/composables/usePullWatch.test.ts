// @vitest-environment happy-dom
import { ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usePullWatch } from '../../../src/runtime/app/composables/usePullWatch'
import { PullError } from '../../../src/runtime/utils/errors'
import type { FakeCall } from '../../../src/testing/fake-connection'
import { createTestPull, mountWithPull, useInComponent } from '../../support/mount-with-pull'
import type { TestPull } from '../../support/mount-with-pull'

const minute = 60_000
const down = new PullError({ code: 'REST_FAILED', message: 'm', why: 'w', fix: 'f' })

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

const tagsOf = ({ params }: FakeCall) => params.tags as string[]

/** An app whose portal watches every tag but those that begin with `no`. */
function createWatched(options: Parameters<typeof createTestPull>[0] = {}): TestPull {
  const pull = createTestPull(options)
  pull.connection.answer = call => Object.fromEntries(tagsOf(call).map(tag => [tag, !tag.startsWith('no')]))
  return pull
}

const after = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const asked = (pull: TestPull) => pull.connection.calls.map(tagsOf)

function drop(pull: TestPull): void {
  pull.connection.step({ type: 'lost', reason: down, attempt: 1, nextRetryAt: 0 })
}

/** A component that watches `a`, whose portal has been asked and answers later. */
async function askAndWait() {
  const pull = createWatched()
  let answer = (_answer: unknown) => {}
  pull.connection.answer = () => new Promise(resolve => answer = resolve)
  const { result } = useInComponent(() => usePullWatch('a'), pull)
  await after(0)
  return { pull, result, answer }
}

describe('watching tags', () => {
  it('asks once for all tags that are wanted in a tick, over all components', async () => {
    const pull = createWatched()
    mountWithPull({
      setup() {
        usePullWatch('a')
        usePullWatch(['b', 'c', 'a'])
        return () => null
      },
    }, pull)
    const { result } = useInComponent(() => usePullWatch(['c', 'd']), pull)
    expect(result.isWatching.value).toBe(false)
    await after(0)
    expect(pull.connection.calls).toEqual([{ method: 'pull.watch.extend', params: { tags: ['a', 'b', 'c', 'd'] } }])
    expect([result.isWatching.value, result.error.value]).toEqual([true, null])
  })

  it('makes few calls for many tags, one after the other', async () => {
    const tags = Array.from({ length: 1000 }, (_, i) => `tag-${i}`)
    const pull = createWatched()
    const { result } = useInComponent(() => usePullWatch(tags), pull)
    await after(0)
    expect(asked(pull).map(list => list.length)).toEqual([500, 500])
    expect(asked(pull).flat()).toEqual(tags)
    expect(result.isWatching.value).toBe(true)
  })

  it('asks only for what is new when another component comes', async () => {
    const pull = createWatched()
    useInComponent(() => usePullWatch('a'), pull)
    await after(0)
    const { result } = useInComponent(() => usePullWatch(['a', 'b']), pull)
    await after(0)
    expect(asked(pull)).toEqual([['a'], ['b']])
    expect(result.isWatching.value).toBe(true)
  })

  it('waits for the connection', async () => {
    const pull = createWatched({ isStarted: false })
    useInComponent(() => usePullWatch('a'), pull)
    await after(minute)
    expect(asked(pull)).toEqual([])
    pull.connection.start()
    await after(0)
    expect(asked(pull)).toEqual([['a']])
  })

  it('renews every tag in one call every 29 minutes', async () => {
    const pull = createWatched()
    useInComponent(() => usePullWatch('a'), pull)
    await after(10 * minute)
    useInComponent(() => usePullWatch('b'), pull)
    await after(19 * minute - 1)
    expect(asked(pull)).toEqual([['a'], ['b']])
    await after(1)
    expect(asked(pull)).toEqual([['a'], ['b'], ['a', 'b']])
    await after(29 * minute)
    expect(asked(pull)).toHaveLength(4)
  })

  it('renews as soon as it is back where the machine slept over the time', async () => {
    const pull = createWatched()
    useInComponent(() => usePullWatch('a'), pull)
    await after(0)
    vi.setSystemTime(Date.now() + 29 * minute)
    await after(15_000)
    expect(asked(pull)).toEqual([['a'], ['a']])
  })

  it('renews after a reconnect', async () => {
    const pull = createWatched()
    const { result } = useInComponent(() => usePullWatch(['a', 'b']), pull)
    await after(0)
    drop(pull)
    expect(result.isWatching.value).toBe(true)
    pull.connection.step({ type: 'opened' })
    await after(0)
    expect(asked(pull)).toEqual([['a', 'b'], ['a', 'b']])
  })

  it('renews after a reconnect that came during a call', async () => {
    const { pull, result, answer } = await askAndWait()
    drop(pull)
    pull.connection.step({ type: 'opened' })
    pull.connection.answer = () => ({ a: true })
    answer({ a: true })
    await after(0)
    expect(asked(pull)).toEqual([['a'], ['a']])
    expect(result.isWatching.value).toBe(true)
  })

  it('is over when the connection is stopped', async () => {
    const pull = createWatched()
    const { result } = useInComponent(() => usePullWatch('a'), pull)
    await after(0)
    pull.connection.stop()
    expect(result.isWatching.value).toBe(false)
    await after(60 * minute)
    expect(asked(pull)).toEqual([['a']])
  })

  it('is over also where the portal answers only after the connection was stopped', async () => {
    const { pull, result, answer } = await askAndWait()
    pull.connection.stop()
    answer({ a: true })
    await after(0)
    expect(result.isWatching.value).toBe(false)
  })

  it('ends with the last component that wants the tag', async () => {
    const pull = createWatched()
    const first = useInComponent(() => usePullWatch(['a', 'b']), pull)
    const second = useInComponent(() => usePullWatch('a'), pull)
    await after(0)
    first.wrapper.unmount()
    await after(29 * minute)
    expect(asked(pull)).toEqual([['a', 'b'], ['a']])
    second.wrapper.unmount()
    expect(vi.getTimerCount()).toBe(0)
    drop(pull)
    pull.connection.step({ type: 'opened' })
    await after(29 * minute)
    expect(asked(pull)).toHaveLength(2)
  })

  it('asks nothing for a component that goes in the tick in which it came', async () => {
    const pull = createWatched()
    useInComponent(() => usePullWatch('a'), pull).wrapper.unmount()
    await after(0)
    expect(asked(pull)).toEqual([])
  })
})

describe('a tag that the portal refuses', () => {
  it('is an error of those who want it, and of nobody else', async () => {
    const pull = createWatched()
    const { result: both } = useInComponent(() => usePullWatch(['yes', 'no']), pull)
    const { result: good } = useInComponent(() => usePullWatch('yes'), pull)
    await after(0)
    expect(both.error.value).toMatchObject({ code: 'WATCH_REFUSED', message: expect.stringContaining('\'no\'') as string })
    expect(both.isWatching.value).toBe(false)
    expect([good.isWatching.value, good.error.value]).toEqual([true, null])
    expect(pull.told.errors.map(([{ code }]) => code)).toEqual(['WATCH_REFUSED'])
  })

  it('is not asked for again: not with a renewal, after a reconnect, or for a newcomer', async () => {
    const pull = createWatched()
    useInComponent(() => usePullWatch(['yes', 'no']), pull)
    await after(29 * minute)
    drop(pull)
    pull.connection.step({ type: 'opened' })
    const { result } = useInComponent(() => usePullWatch('no'), pull)
    await after(0)
    expect(asked(pull)).toEqual([['yes', 'no'], ['yes'], ['yes']])
    expect(result.error.value).toMatchObject({ code: 'WATCH_REFUSED' })
  })

  it('is reported once with all others of the call', async () => {
    const pull = createWatched()
    useInComponent(() => usePullWatch(Array.from({ length: 300 }, (_, i) => `no-${i}`)), pull)
    await after(0)
    expect(pull.told.errors.map(([{ message }]) => message)).toEqual(['The portal does not watch 300 tags, among them \'no-0\'.'])
  })

  it('is asked for anew once every component that wanted it has gone', async () => {
    const pull = createWatched()
    const first = useInComponent(() => usePullWatch('no'), pull)
    await after(0)
    first.wrapper.unmount()
    pull.connection.answer = () => ({ no: true })
    const { result } = useInComponent(() => usePullWatch('no'), pull)
    await after(0)
    expect(asked(pull)).toEqual([['no'], ['no']])
    expect([result.isWatching.value, result.error.value]).toEqual([true, null])
  })
})

describe('a call that fails', () => {
  it('is an error, and made again with the next renewal', async () => {
    const pull = createWatched()
    const { answer } = pull.connection
    pull.connection.answer = () => Promise.reject(down)
    const { result } = useInComponent(() => usePullWatch('a'), pull)
    await after(0)
    expect([result.isWatching.value, result.error.value]).toEqual([false, down])
    expect(pull.told.errors).toEqual([[down, undefined]])
    pull.connection.answer = answer
    await after(29 * minute)
    expect([result.isWatching.value, result.error.value]).toEqual([true, null])
    expect(asked(pull)).toEqual([['a'], ['a']])
  })

  it('is made again after a reconnect', async () => {
    const pull = createWatched()
    const { answer } = pull.connection
    pull.connection.answer = () => Promise.reject(down)
    const { result } = useInComponent(() => usePullWatch('a'), pull)
    await after(0)
    pull.connection.answer = answer
    drop(pull)
    pull.connection.step({ type: 'opened' })
    await after(0)
    expect(result.isWatching.value).toBe(true)
  })

  it.each([[[]], [null], [true], [{ other: true }], ['ok']])('or whose answer says nothing of the tag is tried again: %j', async (answer) => {
    const pull = createWatched()
    pull.connection.answer = () => answer
    const { result } = useInComponent(() => usePullWatch('a'), pull)
    await after(0)
    expect([result.isWatching.value, result.error.value?.code]).toEqual([false, 'WATCH_UNANSWERED'])
    pull.connection.answer = () => ({ a: true })
    await after(29 * minute)
    expect([result.isWatching.value, result.error.value]).toEqual([true, null])
  })
})

describe('the tags', () => {
  it('may change: those that stay are not asked for again', async () => {
    const tags = ref<string | string[]>(['a', 'b'])
    const pull = createWatched()
    const { result } = useInComponent(() => usePullWatch(() => tags.value), pull)
    await after(0)
    tags.value = ['b', 'c']
    expect(result.isWatching.value).toBe(false)
    await after(0)
    expect(result.isWatching.value).toBe(true)
    tags.value = []
    expect(result.isWatching.value).toBe(false)
    await after(60 * minute)
    expect(asked(pull)).toEqual([['a', 'b'], ['c']])
  })

  it('may be called like members of every object', async () => {
    const pull = createWatched()
    const { result } = useInComponent(() => usePullWatch(['constructor', 'toString']), pull)
    pull.connection.answer = () => ({ constructor: true })
    await after(0)
    expect(result.isWatching.value).toBe(false)
    expect(result.error.value?.code).toBe('WATCH_UNANSWERED')
  })

  it.each([null, undefined])('may be unknown for a while: %s', async (unknown) => {
    const tag = ref<string | null | undefined>(unknown)
    const { result, pull } = useInComponent(() => usePullWatch(tag), createWatched())
    await after(0)
    expect([result.isWatching.value, result.error.value, asked(pull)]).toEqual([false, null, []])
    tag.value = 'a'
    await after(0)
    expect([result.isWatching.value, asked(pull)]).toEqual([true, [['a']]])
    tag.value = unknown
    expect(result.isWatching.value).toBe(false)
  })

  it.each(['', ' ', 1, false, ['a', null], ['a', '']])('that are none are told at once: %j', (wrong) => {
    const thrown = useInComponent(() => {
      try {
        return usePullWatch(wrong as never)
      }
      catch (error) {
        return error
      }
    }).result
    expect(thrown).toMatchObject({ code: 'TAG_ERROR' })
  })

  it('that become wrong later are told in `error`', async () => {
    const tag = ref('a')
    const { result, pull } = useInComponent(() => usePullWatch(tag), createWatched())
    await after(0)
    tag.value = ''
    expect(result.error.value).toMatchObject({ code: 'TAG_ERROR' })
    expect(pull.told.errors).toHaveLength(1)
  })

  it('are let go by stop()', async () => {
    const { result, pull, wrapper } = useInComponent(() => usePullWatch('a'), createWatched())
    await after(0)
    result.stop()
    wrapper.unmount()
    expect([result.isWatching.value, result.error.value]).toEqual([false, null])
    expect(vi.getTimerCount()).toBe(0)
    await after(29 * minute)
    expect(asked(pull)).toEqual([['a']])
  })
})

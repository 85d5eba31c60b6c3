// @vitest-environment happy-dom
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { LIMITS } from '../../../src/runtime/app/inspect/create-inspector'
import { talk } from '../../../src/runtime/app/inspect/portal-page'
import type { FrameSays, MessageView, PageAsks } from '../../../src/runtime/app/inspect/views'
import { useInComponent } from '../../support/mount-with-pull'
import { PATIENCE } from '../../support/patience'
import { createInspectedPull } from './support'

type News = Extract<FrameSays, { kind: 'news' }>

/** A page at the other end of the channel, which asks when the test says so. */
function openTalk() {
  const pull = createInspectedPull()
  const { port1, port2 } = new MessageChannel()
  const news: News[] = []
  port1.on('message', (says: FrameSays) => says.kind === 'news' && news.push(says))
  const end = talk(port2 as unknown as MessagePort, pull.inspector, () => [])
  onTestFinished(() => {
    end()
    port1.close()
  })
  return {
    pull,
    next: async (): Promise<News> => {
      const known = news.length
      port1.postMessage({ kind: 'next' } satisfies PageAsks)
      await vi.waitFor(() => expect(news.length).toBeGreaterThan(known), PATIENCE)
      return news.at(-1)!
    },
    first: async (): Promise<News> => {
      await vi.waitFor(() => expect(news).toHaveLength(1), PATIENCE)
      return news[0]!
    },
    receive: (command = 'ping', params = {}) => pull.connection.receive({ module: 'application', command, params }),
  }
}

const messagesIn = ({ traffic }: News) => traffic.filter((view): view is MessageView => view.kind === 'message')

describe('what the portal\'s page is told', () => {
  it('is all that is known, and then what is new', async () => {
    const { pull, first, next, receive } = openTalk()
    expect(await first()).toMatchObject({ isFirst: true, traffic: [{ status: 'connecting' }, { status: 'connected' }], listeners: [] })
    useInComponent(() => usePullCommand('application', 'ping'), pull)
    receive()
    expect(await next()).toMatchObject({ isFirst: false, traffic: [{ command: 'ping', verdicts: { heard: 1 } }], listeners: [{ heard: 1 }], skipped: 0 })
  })

  it('has a message again once its handler has failed', async () => {
    const { pull, first, next, receive } = openTalk()
    await first()
    let fail = (_error: Error) => {}
    useInComponent(() => usePullCommand('application', 'ping', () => new Promise<void>((_resolve, reject) => fail = reject)), pull)
    receive()
    expect(messagesIn(await next())).toMatchObject([{ seq: 1, verdicts: { heard: 1 } }])
    fail(new Error('too late'))
    expect(messagesIn(await next())).toMatchObject([{ seq: 1, verdicts: { failed: 1 } }])
  })

  it('has all of them again, however many fail late', async () => {
    const { pull, first, next, receive } = openTalk()
    await first()
    const fails: ((error: Error) => void)[] = []
    useInComponent(() => usePullCommand('application', 'ping', () => new Promise<void>((_resolve, reject) => fails.push(reject))), pull)
    for (let i = 0; i < 100; i++) receive()
    expect(messagesIn(await next())).toHaveLength(100)
    for (const fail of fails) fail(new Error('too late'))
    const again = messagesIn(await next())
    expect(again).toHaveLength(100)
    expect(again.every(({ verdicts }) => verdicts.failed === 1)).toBe(true)
  })

  it('is all that came since, however long one message takes to be told', async () => {
    const { first, next, receive } = openTalk()
    await first()
    const slow = {
      get n() {
        const end = performance.now() + 50
        while (performance.now() < end);
        return 1
      },
    }
    receive('slow', slow)
    for (let i = 0; i < 400; i++) receive('ping', { i })
    const news = await next()
    expect(messagesIn(news)).toHaveLength(401)
    expect(news.skipped).toBe(0)
  })

  it('is counted, where the app has forgotten it by then', async () => {
    const { first, next, receive } = openTalk()
    await first()
    for (let i = 0; i < 1_000; i++) receive('ping', { i })
    const news = await next()
    expect(messagesIn(news).map(({ seq }) => seq)).toEqual(Array.from({ length: LIMITS.messages }, (_, i) => 1_001 - LIMITS.messages + i))
    expect(news.skipped).toBe(1_000 - LIMITS.messages)
    receive()
    expect(await next()).toMatchObject({ traffic: [{ seq: 1_001 }], skipped: 0 })
  })

  it('names those who listen no more, also after they are forgotten', async () => {
    const { pull, first, next } = openTalk()
    await first()
    const { wrapper } = useInComponent(() => usePullCommand('application', 'ping'), pull)
    const { listeners: [known] } = await next()
    wrapper.unmount()
    for (let i = 0; i < LIMITS.ended; i++) useInComponent(() => usePullCommand('application', 'other'), pull).wrapper.unmount()
    expect((await next()).gone).toEqual([known!.id])
  })
})

describe('a page that asks for nothing', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('costs no more memory, however long', async () => {
    const pull = createInspectedPull()
    const told: FrameSays[] = []
    const port = { postMessage: (says: FrameSays) => told.push(says), close() {}, onmessage: null as ((event: { data: PageAsks }) => void) | null }
    onTestFinished(talk(port as unknown as MessagePort, pull.inspector, () => []))
    for (let i = 0; i < 2_000; i++) pull.connection.reportGap({ cause: 'no-id', from: 1, to: 2 })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(told).toHaveLength(1)
    port.onmessage!({ data: { kind: 'next' } })
    await vi.advanceTimersByTimeAsync(1_000)
    expect((told[1] as News).traffic).toHaveLength(300)
  })
})

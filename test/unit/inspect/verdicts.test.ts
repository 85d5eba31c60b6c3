// @vitest-environment happy-dom
import { defineComponent, h, KeepAlive, nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { object, pipe, string, minLength } from 'valibot'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { usePullOnline } from '../../../src/runtime/app/composables/usePullOnline'
import { usePullSend } from '../../../src/runtime/app/composables/usePullSend'
import { LIMITS } from '../../../src/runtime/app/inspect/create-inspector'
import { mountWithPull, useInComponent } from '../../support/mount-with-pull'
import { createInspectedPull } from './support'
import type { InspectedPull } from './support'

/** What became of the newest message, one word for each who listens. */
const kinds = ({ inspector }: InspectedPull) => inspector.verdictsOf(inspector.messages.at(-1)!).map(({ kind }) => kind)

const receive = ({ connection }: InspectedPull, command = 'ping', params: Record<string, unknown> = {}) => connection.receive({ module: 'application', command, params })

describe('a message', () => {
  it('is heard by who listens, and nobody else is asked', () => {
    const pull = createInspectedPull()
    useInComponent(() => usePullCommand('application', 'ping'), pull)
    useInComponent(() => usePullCommand('application', 'pong'), pull)
    receive(pull)
    expect(kinds(pull)).toEqual(['heard'])
    expect(pull.inspector.listeners.map(({ heard }) => heard)).toEqual([1, 0])
  })

  it('is left aside by a filter, and then not counted as heard', () => {
    const pull = createInspectedPull()
    useInComponent(() => usePullCommand('application', 'ping', { filter: () => false }), pull)
    receive(pull)
    expect(kinds(pull)).toEqual(['filtered'])
    expect(pull.inspector.listeners[0]!.heard).toBe(0)
  })

  it('is refused by a schema, which says where and why', () => {
    const pull = createInspectedPull()
    useInComponent(() => usePullCommand('application', 'ping', { schema: object({ id: pipe(string(), minLength(1)) }) }), pull)
    receive(pull, 'ping', { id: 7 })
    const [verdict] = pull.inspector.verdictsOf(pull.inspector.messages[0]!)
    expect(verdict).toMatchObject({ kind: 'refused', issues: [{ path: ['id'] }] })
  })

  it('is refused, left aside or heard also where the schema answers later', async () => {
    const pull = createInspectedPull()
    const schema = { '~standard': { version: 1 as const, vendor: 'test', validate: async (value: unknown) => {
      const { n } = value as { n: number }
      return n === 1 ? { issues: [{ message: 'no ones', path: ['n'] }] } : { value: { n } }
    } } }
    useInComponent(() => usePullCommand('application', 'ping', { schema, filter: ({ params }) => (params as { n: number }).n !== 2 }), pull)
    for (const n of [1, 2, 3]) receive(pull, 'ping', { n })
    await expect.poll(() => pull.inspector.messages.map(message => pull.inspector.verdictsOf(message)[0]!.kind)).toEqual(['refused', 'filtered', 'heard'])
    expect(pull.inspector.listeners[0]!.heard).toBe(1)
  })

  it('makes a handler fail, at once or later', async () => {
    const pull = createInspectedPull()
    useInComponent(() => usePullCommand('application', 'ping', () => {
      throw new Error('at once')
    }), pull)
    useInComponent(() => usePullCommand('application', 'ping', () => Promise.reject(new Error('later'))), pull)
    receive(pull)
    await expect.poll(() => kinds(pull)).toEqual(['failed', 'failed'])
  })

  it('comes to somebody who is paused, has ended or has not begun', () => {
    const pull = createInspectedPull()
    const { result: paused } = useInComponent(() => usePullCommand('application', 'ping'), pull)
    useInComponent(() => usePullCommand('application', 'ping', { enabled: false }), pull)
    paused.pause()
    receive(pull)
    expect(kinds(pull)).toEqual(['paused', 'off'])
    paused.resume()
    receive(pull)
    expect(kinds(pull)).toEqual(['heard', 'off'])
    paused.stop()
    receive(pull)
    expect(kinds(pull)).toEqual(['stopped', 'off'])
    // What became of the first one is not rewritten by what happened since.
    expect(pull.inspector.verdictsOf(pull.inspector.messages[0]!).map(({ kind }) => kind)).toEqual(['paused', 'off'])
  })

  it('is heard by somebody who ends within its own handler', () => {
    const pull = createInspectedPull()
    useInComponent(() => usePullCommand('application', 'ping', { once: true }), pull)
    receive(pull)
    expect(kinds(pull)).toEqual(['heard'])
    receive(pull)
    expect(kinds(pull)).toEqual(['stopped'])
  })

  it('comes to a deactivated <KeepAlive>', async () => {
    const pull = createInspectedPull()
    const isShown = ref(true)
    const Card = defineComponent({ name: 'DealCard', setup() {
      usePullCommand('application', 'ping', { whileActive: true })
      return () => h('i')
    } })
    mountWithPull({ render: () => h(KeepAlive, () => isShown.value ? h(Card) : undefined) }, pull)
    isShown.value = false
    await nextTick()
    receive(pull)
    expect(kinds(pull)).toEqual(['deactivated'])
    expect(pull.inspector.listeners[0]!.place.component).toBe('DealCard')
  })

  it('is this page\'s own, and left out where the app wants that', async () => {
    const pull = createInspectedPull()
    const { result } = useInComponent(() => {
      usePullCommand('application', 'ping', { ignoreOwn: true })
      return usePullSend()
    }, pull)
    await result.sendAsync('ping', { id: 1 })
    const { PARAMS } = pull.connection.calls.at(-1)!.params as { PARAMS: Record<string, unknown> }
    receive(pull, 'ping', { ...PARAMS })
    expect(kinds(pull)).toEqual(['own'])
    expect(pull.inspector.sent).toMatchObject([{ module: 'application', command: 'ping', params: { id: 1 }, error: null }])
  })

  it('is timed while somebody looks', () => {
    const pull = createInspectedPull()
    useInComponent(() => usePullCommand('application', 'ping', () => {}), pull)
    receive(pull)
    expect(pull.inspector.verdictsOf(pull.inspector.messages.at(-1)!)[0]!.ms).toBeNull()
    const end = pull.inspector.watch(() => {})
    receive(pull)
    expect(pull.inspector.verdictsOf(pull.inspector.messages.at(-1)!)[0]!.ms).toBeGreaterThanOrEqual(0)
    end()
    receive(pull)
    expect(pull.inspector.verdictsOf(pull.inspector.messages.at(-1)!)[0]!.ms).toBeNull()
  })
})

describe('who listens', () => {
  it('is known by component, file, line and call', () => {
    const pull = createInspectedPull()
    mountWithPull(defineComponent({ name: 'DealList', setup() {
      usePullCommand('application', 'ping')
      usePullOnline(() => {})
      return () => h('i')
    } }), pull)
    pull.context.pull.on('application', 'ping', () => {})
    expect(pull.inspector.listeners.map(({ caller, place: { component } }) => [caller, component])).toEqual([
      ['usePullCommand', 'DealList'], ['usePullOnline', 'DealList'], ['$b24Pull.on', null],
    ])
    for (const { place } of pull.inspector.listeners) {
      expect(place.file).toMatch(/verdicts\.test\.ts$/)
      expect(place.line).toBeGreaterThan(100)
    }
  })

  it('ends with on()', () => {
    const pull = createInspectedPull()
    pull.context.pull.on('application', 'ping', () => {})()
    expect(pull.inspector.listeners[0]!.endedAt).not.toBeNull()
  })
})

describe('the connection', () => {
  it('is known by every step, with reason, attempt, role and gap', () => {
    const pull = createInspectedPull()
    pull.connection.setSession({ role: 'leader' })
    pull.connection.reportGap({ cause: 'no-id', from: 1, to: 2 })
    expect(pull.inspector.connection.map(({ kind, status, role }) => [kind, status, role])).toContainEqual(['role', 'connected', 'leader'])
    expect(pull.inspector.connection.at(-1)).toMatchObject({ kind: 'gap', gap: { cause: 'no-id' } })
  })
})

describe('memory', () => {
  it('is bounded, however much arrives and however many come and go', () => {
    const pull = createInspectedPull()
    for (let i = 0; i < LIMITS.messages + 50; i++) receive(pull)
    for (let i = 0; i < LIMITS.ended + 50; i++) pull.context.pull.on('application', 'ping', () => {})()
    expect(pull.inspector.messages).toHaveLength(LIMITS.messages)
    expect(pull.inspector.messages.at(-1)!.seq).toBe(LIMITS.messages + 50)
    expect(pull.inspector.listeners).toHaveLength(LIMITS.ended)
  })
})

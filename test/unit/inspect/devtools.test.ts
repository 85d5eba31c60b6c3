// @vitest-environment happy-dom
import { describe, expect, it, onTestFinished } from 'vitest'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { usePullRefresh } from '../../../src/runtime/app/composables/usePullRefresh'
import { usePullSend } from '../../../src/runtime/app/composables/usePullSend'
import { usePullState } from '../../../src/runtime/app/composables/usePullState'
import { usePullWatch } from '../../../src/runtime/app/composables/usePullWatch'
import { usePushNotification } from '../../../src/runtime/app/composables/usePushNotification'
import { useUserOnline } from '../../../src/runtime/app/composables/useUserOnline'
import { stateOf } from '../../../src/runtime/app/inspect/devtools-state'
import { createTimeline } from '../../../src/runtime/app/inspect/devtools-timeline'
import type { TimelineEvent } from '../../../src/runtime/app/inspect/devtools-timeline'
import { listenerNodes, messageNodes, useNodes, withWords } from '../../../src/runtime/app/inspect/devtools-tree'
import { useInComponent } from '../../support/mount-with-pull'
import { createInspectedPull } from './support'

const TOKEN = '0123456789abcdef0123456789abcdef'

function createHeard() {
  const pull = createInspectedPull()
  useInComponent(() => usePullCommand('application', 'ping', { filter: () => false }), pull)
  return { ...pull, send: (params = {}) => pull.connection.receive({ module: 'application', command: 'ping', params }) }
}

describe('in Vue DevTools', () => {
  it('the tree has who listens and what came', () => {
    const { inspector, send } = createHeard()
    send()
    expect(listenerNodes(inspector)).toMatchObject([{ label: expect.stringMatching(/^<Anonymous> .*mount-with-pull\.ts$|^<Anonymous> .*devtools\.test\.ts$/), children: [{ label: 'application:ping', tags: [{ label: 'heard 0' }] }] }])
    expect(messageNodes(inspector)).toMatchObject([{ label: 'application:ping', tags: [{ label: 'nobody' }] }])
  })

  it('a message says what became of it, without secrets', () => {
    const { inspector, send } = createHeard()
    send({ access_token: TOKEN })
    const state = stateOf(inspector, 'message:1')
    expect(JSON.stringify(state)).toMatch(/its `filter` answered false/)
    expect(JSON.stringify(state)).not.toContain(TOKEN)
    expect(stateOf(inspector, 'message:99')).toEqual({})
  })

  it('a message says who heard it, and in what time where somebody looked', () => {
    const pull = createInspectedPull()
    useInComponent(() => usePullCommand('application', 'ping', () => {}), pull)
    const became = () => {
      pull.connection.receive({ module: 'application', command: 'ping', params: {} })
      return stateOf(pull.inspector, `message:${pull.inspector.messages.length}`)['what became of it']
    }
    expect(became()).toEqual([{ key: 'heard by', value: expect.stringMatching(/^<Anonymous> \(.+\)$/) }])
    onTestFinished(pull.inspector.watch(() => {}))
    expect(became()).toEqual([{ key: expect.stringMatching(/^heard in \d+(\.\d\d)? ms by$/), value: expect.stringMatching(/^<Anonymous> \(.+\)$/) }])
  })

  it('the services of a component have how they fare, without secrets, until it is unmounted', async () => {
    const pull = createInspectedPull()
    const { result, wrapper } = useInComponent(() => {
      usePullSend()
      usePushNotification()
      usePullWatch('CRM_DEAL_42')
      useUserOnline([2])
      usePullRefresh(() => {}, { immediate: false })
      return usePullState<Record<string, unknown>[], 'deal.removed'>(() => [], { 'deal.removed': deals => deals }, { initial: [{ id: 1, access_token: TOKEN }] })
    }, pull)
    const nodes = () => useNodes(pull.inspector)[0]?.children ?? []
    expect(nodes().map(({ label }) => label)).toEqual(['usePullSend', 'usePushNotification', 'usePullWatch', 'useUserOnline', 'usePullRefresh', 'usePullState'])
    const state = stateOf(pull.inspector, nodes()[5]!.id)
    expect(state.usePullState).toEqual(expect.arrayContaining([
      { key: 'module', value: 'application' },
      { key: 'commands', value: ['deal.removed'] },
      { key: 'state', value: [{ id: 1, access_token: '***' }] },
      { key: 'isStale', value: false },
      { key: 'error', value: null },
    ]))
    expect(state.where).toEqual(expect.arrayContaining([{ key: 'file', value: expect.stringMatching(/devtools\.test\.ts$/) }]))
    expect(stateOf(pull.inspector, nodes()[0]!.id).usePullSend).toEqual([{ key: 'module', value: 'application' }, { key: 'isSending', value: false }, { key: 'error', value: null }])
    result.pause()
    expect(nodes()[5]!.tags!.map(({ label }) => label)).toEqual(['inactive', 'stale'])
    wrapper.unmount()
    expect(nodes()).toEqual([])
  })

  it('an app\'s own state may be in circles', () => {
    const pull = createInspectedPull()
    const initial: Record<string, unknown> = {}
    initial.self = initial
    useInComponent(() => usePullState(() => initial, {}, { initial }), pull)
    expect(stateOf(pull.inspector, `use:${pull.inspector.uses[0]!.id}`).usePullState).toContainEqual({ key: 'state', value: 'cannot be shown: it is no JSON' })
  })

  it('what is searched for is found in whatever stands below', () => {
    const { inspector } = createHeard()
    const root = { id: 'listeners', label: 'Who listens', children: listenerNodes(inspector) }
    expect(withWords(root, 'ping')).toMatchObject({ children: [{ children: [{ label: 'application:ping' }] }] })
    expect(withWords(root, 'pong')).toBeNull()
  })

  it('the connection has its steps', () => {
    const { inspector } = createHeard()
    expect(stateOf(inspector, 'connection')).toMatchObject({ now: expect.arrayContaining([{ key: 'status', value: 'connected' }]), steps: expect.arrayContaining([{ key: expect.any(String), value: 'connected' }]) })
  })

  it('the timeline has messages with what became of them, and counts those that are too many', () => {
    const { inspector, send, connection } = createHeard()
    const events: TimelineEvent[] = []
    const timeline = createTimeline(event => void events.push(event))
    const end = inspector.watch(change => timeline.add(inspector, change))
    for (let i = 0; i < 30; i++) send()
    connection.reportGap({ cause: 'no-id', from: 1, to: 2 })
    timeline.flush(inspector)
    end()
    expect(events[0]).toMatchObject({ title: 'gap: no-id', logType: 'warning' })
    expect(events[1]).toMatchObject({ title: 'application:ping', subtitle: 'filtered', logType: 'warning' })
    expect(events.at(-1)!.title).toBe('10 more messages')
    expect(events).toHaveLength(22)
  })
})

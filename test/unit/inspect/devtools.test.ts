// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { stateOf } from '../../../src/runtime/app/inspect/devtools-state'
import { createTimeline } from '../../../src/runtime/app/inspect/devtools-timeline'
import type { TimelineEvent } from '../../../src/runtime/app/inspect/devtools-timeline'
import { listenerNodes, messageNodes } from '../../../src/runtime/app/inspect/devtools-tree'
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
    expect(listenerNodes(inspector)).toMatchObject([{ label: expect.stringMatching(/application:ping$/), tags: [{ label: 'heard 0' }] }])
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

  it('the connection has its steps', () => {
    const { inspector } = createHeard()
    expect(stateOf(inspector, 'connection')).toMatchObject({ now: expect.arrayContaining([{ key: 'status', value: 'connected' }]) })
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

import type { ShallowRef } from 'vue'
import type { PullConnection, PullSession } from '../types'
import type { Probe, ProbedConnection } from './hub/probe'
import type { PullContext } from './pull-context'

/** What a connection runs for, now and later. */
interface WatchedSession {
  current: Readonly<ShallowRef<PullSession>>
  on: PullConnection['onSession']
}

/** Development only: has a probe watch a pull until the app ends. */
export function attachProbe(probe: Probe, context: PullContext, session: WatchedSession): void {
  const { pull, connection, call } = context
  const seen: ProbedConnection = {
    get state() {
      return connection.state
    },
    get session() {
      return session.current.value
    },
    onStatus: connection.onStatus,
    onSession: session.on,
    onGap: connection.onGap,
  }
  Object.assign(context, { probe, call: probe.tapCall(call) })
  context.service(() => ({ dispose: probe.attach(pull, seen) }))
}

import type { PullStateReason } from '../../types'
import type { PullContext } from '../pull-context'
import type { RefreshSchedule } from './refresh-schedule'

/** Tells a schedule what happens to the connection and the page, until what it returns is called. */
export function followConnection<Reason extends PullStateReason>({ connection }: PullContext, schedule: RefreshSchedule<Reason>): () => void {
  const onPage = () => schedule.page(document.visibilityState === 'hidden')
  const offs = [
    connection.onStatus(({ current }) => schedule.connection(current)),
    connection.onGap(() => schedule.gap()),
    () => document.removeEventListener('visibilitychange', onPage),
    () => window.removeEventListener('pageshow', onPage),
  ]
  document.addEventListener('visibilitychange', onPage)
  window.addEventListener('pageshow', onPage)
  onPage()
  // Not before the caller's setup has gone on: the fetcher may use what is declared below this call.
  queueMicrotask(() => schedule.connection(connection.state.status))
  return () => offs.forEach(off => off())
}

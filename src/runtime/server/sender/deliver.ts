import { PullError } from '../../utils/errors'
import { maskThrown } from '../../utils/mask-secrets'
import type { Portals } from './portals'
import type { QueuedEvent } from './queued-event'
import { sendBatch } from './send-batch'
import { verdictOn } from './verdict'

/** What came of a turn of one portal. */
export type Delivery
  // Everything given was dealt with: taken by the portal, or told to be refused
  = | { end: 'done' }
  // The first `done` were dealt with; the others may be tried again
    | { end: 'later', done: number, error: PullError }
    | { end: 'gone', done: number, error: PullError }

/** Hears what becomes of events. */
export interface DeliveryEars {
  onRequest: () => void
  onSent: (count: number) => void
  onRefused: (event: QueuedEvent, error: PullError) => void
}

/**
 * Sends one portal's events in their order: one request, and another only behind an event that was refused.
 */
export async function deliver(portals: Portals, memberId: string, events: readonly QueuedEvent[], ears: DeliveryEars): Promise<Delivery> {
  let done = 0
  let isRenewed = false
  while (done < events.length) {
    let b24
    try {
      b24 = await portals.reach(memberId)
    }
    catch (cause) {
      const error = cause instanceof PullError ? cause : connectFailed(memberId, cause)
      return { end: error.code === 'PORTAL_GONE' ? 'gone' : 'later', done, error }
    }
    ears.onRequest()
    const { sent, error } = await sendBatch(b24, events.slice(done))
    portals.rest(memberId)
    if (sent) ears.onSent(sent)
    done += sent
    const verdict = error ? verdictOn(error) : null
    if (sent || verdict === 'refused') portals.accepted(memberId)
    if (!error || !verdict) continue
    if (verdict === 'refused') ears.onRefused(events[done++]!, error)
    else if (error.code === 'AUTH_EXPIRED' && verdict !== 'gone' && !isRenewed) {
      // The app may keep newer tokens than those of this connection: another process has renewed them, or the app was installed anew.
      isRenewed = true
      portals.renew(memberId)
    }
    else if (verdict === 'unauthorized') return { end: portals.refused(memberId) ? 'gone' : 'later', done, error }
    else {
      if (verdict === 'gone') portals.renew(memberId)
      return { end: verdict, done, error }
    }
  }
  return { end: 'done' }
}

const connectFailed = (memberId: string, cause: unknown): PullError => new PullError({
  code: 'REST_FAILED',
  message: `connect() failed for the portal ${memberId}.`,
  why: 'It is the app\'s own function: it reads the tokens that the app keeps.',
  fix: 'See `cause`. The events wait, and are tried again.',
  cause: maskThrown(cause),
})

import PQueue from 'p-queue'
import { PullError } from '../../utils/errors'
import { withoutUndefined } from '../../utils/without-undefined'
import { checkMemberId } from '../sender/check-member-id'
import { deliver } from '../sender/deliver'
import type { DeliveryEars } from '../sender/deliver'
import { createFigures } from '../sender/figures'
import { Lane } from '../sender/lane'
import { MOST_EVENTS } from '../sender/cut-batch'
import { checkSenderOptions, senderDefaults } from '../sender/options'
import { createPortals, portalGone } from '../sender/portals'
import { toQueuedEvent } from '../sender/queued-event'
import type { QueuedEvent } from '../sender/queued-event'
import { callSafely } from '../sender/report'
import { senderClosed } from '../sender/sender-closed'
import type { PullSender, PullSenderEvent, PullSenderOptions } from '../sender/types'

/** ms before a portal that failed is called again: doubled each time, up to a minute. */
const waitAfter = (failures: number): number => Math.min(1_000 * 2 ** (failures - 1), 60_000)

/**
 * Makes a sender of events to many portals, which keeps its queue in this process.
 *
 * The events of one portal that come within `coalesce` ms go as one request of up to 50, in their order. A portal is called
 * once at a time, and portals take turns. The SDK keeps to each portal's limits and repeats what failed; what fails still is
 * tried again for `retryFor` ms. What waits is lost when the process ends: `close()` sends it, and a
 * [durable sender](https://github.com/timgit/pg-boss) keeps it.
 *
 * @param options how to reach a portal, and limits
 * @throws PullError `ARGUMENT_ERROR`
 *
 * @example
 * ```ts
 * import { B24OAuth, type B24OAuthParams } from '@bitrix24/b24jssdk'
 *
 * declare function loadTokens(memberId: string): Promise<B24OAuthParams | null>
 * declare function saveTokens(memberId: string, tokens: B24OAuthParams): Promise<void>
 *
 * const sender = createPullSender({
 *   async connect(memberId) {
 *     const tokens = await loadTokens(memberId)
 *     if (!tokens) return null
 *     const b24 = new B24OAuth(tokens, { clientId: 'app.…', clientSecret: '…' })
 *     b24.setCallbackRefreshAuth(({ b24OAuthParams }) => saveTokens(memberId, b24OAuthParams))
 *     return b24
 *   },
 * })
 * await sender.send('a member_id', { command: 'deal.changed', params: { id: 42 }, key: 'deal:42' })
 * ```
 */
export function createPullSender(options: PullSenderOptions): PullSender {
  checkSenderOptions(options)
  const { connect, coalesce, concurrency, limit, overflow, retryFor, onFailed, onGone, onFigures } = { ...senderDefaults, ...withoutUndefined(options) }
  const turns = new PQueue({ concurrency })
  const portals = createPortals(connect)
  const figures = createFigures(onFigures)
  const lanes = new Map<string, Lane>()
  const gone = new Set<string>()
  const idlers = new Set<() => void>()
  let isClosed = false

  function fail(memberId: string, { rest, key }: QueuedEvent, error: PullError): void {
    figures.add({ queued: -1, failed: 1 })
    callSafely(onFailed, { memberId, event: { module: rest.MODULE_ID, command: rest.COMMAND, key }, error })
  }

  function earsOf(memberId: string): DeliveryEars {
    return {
      onRequest: () => figures.add({ requests: 1 }),
      onSent: count => figures.add({ queued: -count, sent: count }),
      onRefused: (event, error) => fail(memberId, event, error),
    }
  }

  function wake(memberId: string, lane: Lane): void {
    if (lane.isBusy) return
    const isDue = isClosed || (lane.size >= MOST_EVENTS && lane.failures === 0)
    if (lane.timer && !isDue) return
    clearTimeout(lane.timer)
    const delay = isDue ? 0 : lane.failures ? waitAfter(lane.failures) : coalesce
    lane.timer = setTimeout(queueTurn, delay, memberId, lane)
  }

  function queueTurn(memberId: string, lane: Lane): void {
    lane.timer = undefined
    lane.isBusy = true
    // A portal that fails stands behind those that answer: a call to it may take long.
    void turns.add(() => takeTurn(memberId, lane), { priority: lane.failures ? -1 : 0 })
  }

  async function takeTurn(memberId: string, lane: Lane): Promise<void> {
    const events = lane.take()
    const delivery = await deliver(portals, memberId, events, earsOf(memberId))
    lane.isBusy = false
    // The events that fail now are others than those that failed before, where the portal took some.
    if (delivery.end === 'done' || delivery.done) lane.failures = 0
    if (delivery.end === 'gone') leave(memberId, lane, events.slice(delivery.done), delivery.error)
    if (delivery.end === 'later') putOff(memberId, lane, events.slice(delivery.done), delivery.error)
    if (lane.size) return lane.failures || isClosed ? wake(memberId, lane) : queueTurn(memberId, lane)
    lanes.delete(memberId)
    if (lanes.size === 0) for (const resolve of idlers) resolve()
  }

  function putOff(memberId: string, lane: Lane, events: QueuedEvent[], error: PullError): void {
    const now = performance.now()
    if (lane.failures++ === 0) lane.failingSince = now
    if (isClosed || now - lane.failingSince >= retryFor) {
      lane.failures = 0
      for (const event of events) fail(memberId, event, error)
      return
    }
    const collapsed = lane.giveBack(events)
    figures.add({ queued: -collapsed, collapsed })
  }

  function leave(memberId: string, lane: Lane, events: QueuedEvent[], error: PullError): void {
    const dropped = events.length + lane.clear().length
    gone.add(memberId)
    figures.add({ queued: -dropped, failed: dropped })
    callSafely(onGone, { memberId, error, dropped })
  }

  function makeRoom(memberId: string, lane: Lane): void {
    if (overflow === 'reject') throw queueFull(memberId, limit)
    const oldest = lane.dropOldest()
    if (oldest) fail(memberId, oldest, queueFull(memberId, limit))
  }

  function take(memberId: string, event: QueuedEvent): void {
    if (isClosed) throw senderClosed()
    if (gone.has(memberId)) throw portalGone(memberId)
    const lane = lanes.get(memberId) ?? new Lane()
    if (lane.size >= limit && !lane.has(event)) makeRoom(memberId, lane)
    lanes.set(memberId, lane)
    figures.add(lane.add(event) ? { collapsed: 1 } : { queued: 1 })
    wake(memberId, lane)
  }

  const idle = (): Promise<void> => lanes.size === 0
    ? Promise.resolve()
    : new Promise((resolve) => {
        const done = () => {
          idlers.delete(done)
          resolve()
        }
        idlers.add(done)
      })

  return {
    isDurable: false,
    get figures() {
      return figures.now
    },
    async send(memberId, event) {
      checkMemberId(memberId)
      take(memberId, toQueuedEvent(event as PullSenderEvent))
    },
    forget(memberId) {
      gone.delete(memberId)
      portals.forget(memberId)
    },
    idle,
    async close() {
      isClosed = true
      for (const [memberId, lane] of lanes) wake(memberId, lane)
      await idle()
      portals.clear()
    },
  }
}

const queueFull = (memberId: string, limit: number): PullError => new PullError({
  code: 'QUEUE_OVERFLOW',
  message: `${limit} events wait for the portal ${memberId} already.`,
  why: 'It gets more events than it takes: Bitrix24 answers about 2 requests a second, of up to 50 events each.',
  fix: 'Give events a `key`, so that repeats become one; or send one event that says "read again".',
})

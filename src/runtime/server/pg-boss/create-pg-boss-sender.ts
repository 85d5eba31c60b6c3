import type { JobWithMetadata } from 'pg-boss'
import type { PullError } from '../../utils/errors'
import { withoutUndefined } from '../../utils/without-undefined'
import { checkMemberId } from '../sender/check-member-id'
import type { DeliveryEars } from '../sender/deliver'
import { createFigures } from '../sender/figures'
import { checkDeliveryOptions, deliveryDefaults, optionError } from '../sender/options'
import { createPortals, portalGone } from '../sender/portals'
import { toQueuedEvent } from '../sender/queued-event'
import type { QueuedEvent } from '../sender/queued-event'
import { callSafely } from '../sender/report'
import { senderClosed } from '../sender/sender-closed'
import type { PullSender, PullSenderEvent } from '../sender/types'
import { createInserts } from './inserts'
import { failingFor, putOff } from './put-off'
import type { PgBossSenderOptions } from './types'
import { dropPortal, workPortal } from './work-portal'
import type { PortalTurn } from './work-portal'

/** s without a sign of life after which a worker counts as dead. */
const HEARTBEAT = 30

/** ms for which a portal that is gone is left alone; another process may have heard that the app is back. */
const GONE_FOR = 600_000

/** s between two looks of an idle worker: what is put off, or held by one that was killed, comes without a notification. */
const LOOK = 2

const IDLE_POLL = 200

/**
 * Makes a sender of events to many portals whose queue is kept by PostgreSQL, by the library `pg-boss`: what was taken outlives the
 * process, and several processes share the work.
 *
 * `send()` resolves once the event is in the database. One job is one event, `singletonKey` is the portal, and the queue's policy
 * `key_strict_fifo` keeps a portal's order: one worker at a time calls a portal, and takes along what waits behind, up to 50 events a
 * request. A worker that is killed is missed after about 30 s at the next look of pg-boss (`superviseIntervalSeconds`, 60 s by default);
 * what it was about to send is sent again under the same id, and receivers drop it.
 *
 * @param options a started `PgBoss`, how to reach a portal, and limits
 * @throws PullError `ARGUMENT_ERROR`
 * @see https://github.com/timgit/pg-boss
 *
 * @example
 * ```ts
 * import { B24OAuth, type B24OAuthParams } from '@bitrix24/b24jssdk'
 * import { createPgBossSender } from 'nuxt-b24-pull/server/pg-boss'
 * import { PgBoss } from 'pg-boss'
 *
 * declare function loadTokens(memberId: string): Promise<B24OAuthParams | null>
 * declare function saveTokens(memberId: string, tokens: B24OAuthParams): Promise<void>
 *
 * export async function startSender(connectionString: string) {
 *   const boss = new PgBoss({ connectionString, useListenNotify: true, superviseIntervalSeconds: 10 })
 *   boss.on('error', console.error)
 *   await boss.start()
 *   return createPgBossSender({
 *     boss,
 *     async connect(memberId) {
 *       const tokens = await loadTokens(memberId)
 *       if (!tokens) return null
 *       const b24 = new B24OAuth(tokens, { clientId: 'app.…', clientSecret: '…' })
 *       b24.setCallbackRefreshAuth(({ b24OAuthParams }) => saveTokens(memberId, b24OAuthParams))
 *       return b24
 *     },
 *   })
 * }
 * ```
 */
export async function createPgBossSender(options: PgBossSenderOptions): Promise<PullSender> {
  checkDeliveryOptions(options)
  const { boss, connect, queue, work, concurrency, retryFor, onFailed, onGone, onFigures } = { ...deliveryDefaults, queue: 'b24-pull', work: true, concurrency: 10, ...withoutUndefined(options) }
  if (typeof boss?.insert !== 'function') throw optionError('boss', boss, 'a started PgBoss')
  const portals = createPortals(connect)
  const figures = createFigures(onFigures)
  /** Since when, in ms of a clock that never goes back. */
  const gone = new Map<string, number>()
  let isClosed = false
  let active = 0
  let workId = ''

  await boss.createQueue(queue, {
    policy: 'key_strict_fifo',
    heartbeatSeconds: HEARTBEAT,
    // A job that has failed for good would hold up its portal for ever: what is given up is completed, after it was told.
    retryLimit: 1_000_000,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    deleteAfterSeconds: 3_600,
    notify: true,
  })
  const wake = (): void => {
    if (workId) boss.notifyWorker(workId)
  }
  const inserts = createInserts(boss, queue, wake)
  if (work) {
    const settings = { batchSize: 1, localConcurrency: concurrency, includeMetadata: true, pollingIntervalSeconds: LOOK, notifyPollingIntervalSeconds: LOOK } as const
    workId = await boss.work<QueuedEvent, unknown, typeof settings>(queue, settings, async ([job]) => {
      if (!job) return
      active++
      try {
        await handle(job)
      }
      finally {
        active--
        // There is more, most likely: no need to wait for the next look at the queue.
        wake()
      }
    })
  }

  async function handle(job: JobWithMetadata<QueuedEvent>): Promise<void> {
    const { data: head, singletonKey } = job
    const memberId = singletonKey ?? ''
    if (isGone(memberId)) return void await drop(memberId, 1)
    figures.add({ queued: 1 })
    try {
      const turn = await workPortal(boss, queue, memberId, head, portals, earsOf(memberId))
      if (turn.collapsed) figures.add({ collapsed: turn.collapsed })
      if (turn.end === 'done') gone.delete(memberId)
      else if (turn.end === 'gone') await leave(memberId, turn)
      // What failed is behind this job, and has its own time.
      else if (turn.isHeadDone) return
      else if (failingFor(job) >= retryFor) fail(memberId, head, turn.error!)
      else await putOff(boss, queue, job, turn.error!)
    }
    finally {
      figures.add({ queued: -1 })
    }
  }

  function earsOf(memberId: string): DeliveryEars {
    return {
      onRequest: () => figures.add({ requests: 1 }),
      onSent: count => figures.add({ sent: count }),
      onRefused: (event, error) => fail(memberId, event, error),
    }
  }

  function fail(memberId: string, { rest, key }: QueuedEvent, error: PullError): void {
    figures.add({ failed: 1 })
    callSafely(onFailed, { memberId, event: { module: rest.MODULE_ID, command: rest.COMMAND, key }, error })
  }

  function isGone(memberId: string): boolean {
    const since = gone.get(memberId)
    return since !== undefined && performance.now() - since < GONE_FOR
  }

  /** What waits for the portal, and the job at hand (1) where it is not dealt with (else 0). */
  async function drop(memberId: string, atHand: number): Promise<number> {
    const dropped = atHand + await dropPortal(boss, queue, memberId)
    figures.add({ failed: dropped })
    return dropped
  }

  async function leave(memberId: string, { error, isHeadDone }: PortalTurn): Promise<void> {
    const isNews = !gone.has(memberId)
    gone.set(memberId, performance.now())
    const dropped = await drop(memberId, isHeadDone ? 0 : 1)
    if (isNews) callSafely(onGone, { memberId, error: error!, dropped })
  }

  async function idle(): Promise<void> {
    await inserts.done()
    // Twice in a row: a job that pg-boss has just taken is neither in the queue nor at work here.
    for (let quiet = 0; work && quiet < 2;) {
      quiet = await isBusy() ? 0 : quiet + 1
      if (quiet < 2) await new Promise(resolve => setTimeout(resolve, IDLE_POLL))
    }
  }

  const isBusy = async (): Promise<boolean> => active > 0 || (await boss.findJobs(queue, { queued: true, limit: 1 })).length > 0

  return {
    isDurable: true,
    get figures() {
      return figures.now
    },
    async send(memberId, event) {
      checkMemberId(memberId)
      const queued = toQueuedEvent(event as PullSenderEvent)
      if (isClosed) throw senderClosed()
      if (isGone(memberId)) throw portalGone(memberId)
      await inserts.add(memberId, queued)
    },
    forget(memberId) {
      gone.delete(memberId)
      portals.forget(memberId)
    },
    idle,
    async close() {
      isClosed = true
      await inserts.done()
      if (workId) await boss.offWork(queue, { id: workId, wait: true })
      portals.clear()
    },
  }
}

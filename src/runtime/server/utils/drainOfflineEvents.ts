import type { TypeB24 } from '@bitrix24/b24jssdk'
import type { CallRest } from '../../rest/send-event'
import { callAsApplication } from '../call-as-application'
import { findUnconfirmed, readPage } from '../offline/read-page'
import type { OfflinePage } from '../offline/read-page'
import type { DrainAnswer, DrainOptions, OfflineEvent } from '../offline/types'
import { optionError } from '../sender/options'
import { report } from '../sender/report'

/** Events that `event.offline.get` answers when it is not told how many. */
const DEFAULT_PAGE = 50

/**
 * Reads what a portal has kept of the events that were bound with `event_type: 'offline'`, and hands it on: what an online event would
 * have lost while the back end was down.
 *
 * The portal keeps the newest state of each object only, so a thousand changes of a deal are one event. Each page is confirmed
 * after its events were handled: a run that is killed loses nothing, and what it had not confirmed comes again with `resume`. Events
 * whose handler threw are marked at the portal (`event.offline.error`) and left out by later runs.
 *
 * Call it when `ONOFFLINEEVENT` comes, when the server starts, and every few minutes; one at a time for a portal.
 *
 * @param b24 `B24OAuth` with an administrator's tokens
 * @param handle called for each event, one after the other; what it throws is that event's error
 * @param options source key, size of pages, and whether to take up what an earlier run left
 * @throws PullError `WRONG_AUTH_TYPE` for a webhook; `AUTH_EXPIRED`, `INSUFFICIENT_SCOPE`, `QUERY_LIMIT_EXCEEDED`, `REST_FAILED`,
 * `ARGUMENT_ERROR`
 * @see https://apidocs.bitrix24.com/api-reference/events/offline-events.html
 *
 * @example
 * ```ts
 * import type { B24OAuth } from '@bitrix24/b24jssdk'
 *
 * export async function catchUp(b24: B24OAuth, changed: (id: number) => Promise<void>) {
 *   await drainOfflineEvents(b24, async ({ name, id }) => {
 *     if (name === 'ONCRMDEALUPDATE' && id !== null) await changed(id)
 *   }, { resume: true })
 * }
 * ```
 */
export async function drainOfflineEvents(b24: TypeB24, handle: (event: OfflineEvent) => unknown, options: DrainOptions = {}): Promise<DrainAnswer> {
  const { connector, pageSize = 1_000, resume = false } = options
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 1_000) throw optionError('pageSize', pageSize, 'a whole number from 1 to 1000')
  const answer = { handled: 0, failed: 0, requests: 0 }
  const rest = callAsApplication(b24)
  const call: CallRest = (method, params) => {
    answer.requests++
    return rest(method, params)
  }
  const source = connector === undefined ? {} : { auth_connector: connector }

  for (const processId of resume ? await findUnconfirmed(call, source) : []) {
    await work(await readPage(call, { process_id: processId, limit: 1_000, ...source }))
  }
  for (let isLast = false; !isLast;) {
    const page = await readPage(call, { limit: pageSize, ...source })
    await work(page)
    // A portal may give fewer than asked for; fewer than its own default are the last.
    isLast = page.events.length < Math.min(pageSize, DEFAULT_PAGE)
  }
  return answer

  async function work({ processId, events }: OfflinePage): Promise<void> {
    if (!events.length) return
    const failed: string[] = []
    for (const event of events) {
      try {
        await handle(event)
      }
      catch (error) {
        failed.push(event.messageId)
        report(`The handler of the offline event ${event.name} failed:`, error)
      }
    }
    if (failed.length) await call('event.offline.error', { process_id: processId, message_id: failed, ...source })
    const isBad = new Set(failed)
    const good = events.map(({ messageId }) => messageId).filter(id => !isBad.has(id))
    // Named one by one only where some stay: a list of a thousand is long.
    if (good.length) await call('event.offline.clear', { process_id: processId, ...(failed.length && { message_id: good }), ...source })
    answer.handled += good.length
    answer.failed += failed.length
  }
}

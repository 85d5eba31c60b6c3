import type { TypeB24 } from '@bitrix24/b24jssdk'
import type { CallRest } from '../../rest/send-event'
import { callAsApplication } from '../call-as-application'
import { findUnconfirmed, readPage } from '../offline/read-page'
import type { OfflinePage } from '../offline/read-page'
import type { DrainAnswer, DrainOptions, OfflineEvent } from '../offline/types'
import { explainLicense } from '../offline/wrong-license'
import { optionError } from '../sender/options'
import { report } from '../sender/report'

/** Events that `event.offline.get` answers when it is not told how many. */
const DEFAULT_PAGE = 50

/**
 * Reads what a portal has kept of the events that were bound with `event_type: 'offline'`, and hands it on: what an online event would
 * have lost while the back end was down.
 *
 * The portal keeps the newest state of each object only, so a thousand changes of a deal are one event. Each page is confirmed
 * after its events were handled: a run that is killed loses nothing. What it had not confirmed, and events whose handler threw, come
 * again with `resume`.
 *
 * Call it when `ONOFFLINEEVENT` comes, and with `resume` when the server starts and every few minutes; one at a time for a portal.
 *
 * @param b24 `B24OAuth` with an administrator's tokens
 * @param handle called for each event, one after the other; what it throws is that event's error
 * @param options source key, size of pages, whether to take up what earlier runs left, and whether to confirm
 * @throws PullError `WRONG_AUTH_TYPE` for a webhook; `WRONG_LICENSE` where the portal's plan wants `confirm: false`; `AUTH_EXPIRED`, `INSUFFICIENT_SCOPE`, `QUERY_LIMIT_EXCEEDED`, `REST_FAILED`,
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
  const { connector, pageSize = 1_000, resume = false, confirm = true } = options
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 1_000) throw optionError('pageSize', pageSize, 'a whole number from 1 to 1000')
  const answer = { handled: 0, failed: 0, requests: 0 }
  /** Of what failed in this run and waits at the portal. */
  const waiting = new Set<string>()
  const rest = callAsApplication(b24)
  const call: CallRest = (method, params) => {
    answer.requests++
    return rest(method, params).catch((error) => {
      throw explainLicense(error)
    })
  }
  const source = connector === undefined ? {} : { auth_connector: connector }
  const clear = confirm ? 0 : 1

  if (resume && confirm) {
    for await (const processId of findUnconfirmed(call, source)) await work(await readPage(call, { process_id: processId, limit: 1_000, clear, ...source }))
  }
  for (let isLast = false; !isLast;) {
    const page = await readPage(call, { limit: pageSize, clear, ...source })
    await work(page)
    // A portal may give fewer than asked for; fewer than its own default are the last.
    isLast = page.events.length < Math.min(pageSize, DEFAULT_PAGE)
  }
  return answer

  async function work({ processId, events }: OfflinePage): Promise<void> {
    const done: string[] = []
    for (const event of events) {
      // A record of the same change waits already: one of them is enough, and else there would be one more with each run.
      if (waiting.has(event.messageId) || await isHandled(event)) done.push(event.messageId)
    }
    if (!confirm || !done.length) return
    // Named one by one only where some stay: a list of a thousand is long. What stays is not marked by `event.offline.error`: the portal
    // would merge all later changes of the object into the marked record, and nobody would hear of it again.
    await call('event.offline.clear', { process_id: processId, ...(done.length < events.length && { message_id: done }), ...source })
  }

  async function isHandled(event: OfflineEvent): Promise<boolean> {
    try {
      await handle(event)
      answer.handled++
      return true
    }
    catch (error) {
      report(`The handler of the offline event ${event.name} failed:`, error)
      answer.failed++
      if (confirm) waiting.add(event.messageId)
      return false
    }
  }
}

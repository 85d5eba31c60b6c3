import { PullError } from '../../utils/errors'
import { checkTokenSource, judgeToken, tokenRefused } from '../events/judge-token'
import { parseEvent } from '../events/parse-event'
import type { ClaimedEvent } from '../events/parse-event'
import { isInstalled, isPortalHost } from '../events/prove-installation'
import { readBodyText } from '../events/read-body'
import type { RequestEvent } from '../events/read-body'
import { createTeller } from '../events/tell-errors'
import type { EventName } from '../events/tell-errors'
import type { B24Event, B24Installation, B24Uninstallation, ReadB24EventOptions } from '../events/types'
import { optionError } from '../sender/options'
import type { PullSender } from '../sender/types'
import { believe } from './readB24Event'

/** Options of {@link defineB24EventHandler}. */
export interface B24EventHandlerOptions extends ReadB24EventOptions {
  /** What to do, by the event's name in capitals. An event that is not named here is answered, and nothing is done. */
  on: Readonly<Record<string, (event: B24Event) => unknown>>
  /**
   * The sender that the handlers use. With a durable one the portal is answered only once they have ended, so that each event is in
   * the queue; with any other at once. When an app comes or goes, the sender is told to forget what it knows of the portal. One that
   * is still being made will do: events wait for it.
   */
  sender?: PullSender | Promise<PullSender>
  /** `CODE` of the app, of which a portal that installs it for the first time gives proof. Of a local app it is its client id. */
  code?: string | readonly string[]
  /** Stores what a portal brings that has installed the app. Needs `tokenOf` and `code`. */
  onInstall?: (installation: B24Installation) => unknown
  /** Deletes what is kept of a portal that has removed the app. */
  onUninstall?: (uninstallation: B24Uninstallation) => unknown
  /**
   * Whether an installation in a portal of this host may be believed. By default hosts with a public name, and in development those on
   * this machine.
   */
  allowPortal?: (host: string) => boolean
  /**
   * Hears once of each error: what a handler, `onInstall`, `onUninstall` or `tokenOf` threw, and that the sender could not be made. What
   * strangers post is none. By default it is written to the console.
   */
  onError?: (error: unknown, event: Pick<B24Event, 'name' | 'memberId'>) => void
}

/** A handler of requests, for h3 of either version. */
export type B24EventHandler = (event: RequestEvent) => Promise<Response>

/**
 * Makes a handler of the events that portals post to the app's back end, after `event.bind`: for a file in `server/api` of Nuxt.
 *
 * Only portals are believed: an event with another `application_token` than the right one is answered 403, and what is no event 400.
 * An installation (`ONAPPINSTALL`) in a portal that is not known yet has to prove itself: the token that it brings is used once, to
 * ask the portal which app it is of.
 *
 * @param options tokens, handlers by event, and what to do when the app comes and goes
 * @throws PullError `ARGUMENT_ERROR`
 * @see https://apidocs.bitrix24.com/api-reference/events/index.html
 *
 * @example
 * ```ts
 * // server/api/b24-events.post.ts
 * export default defineB24EventHandler({
 *   applicationToken: process.env.B24_APPLICATION_TOKEN ?? '',
 *   on: {
 *     ONCRMDEALUPDATE: ({ b24, id }) => b24 && sendPullEvent(b24, { command: 'deal.changed', params: { id } }),
 *   },
 * })
 * ```
 */
export function defineB24EventHandler(options: B24EventHandlerOptions): B24EventHandler {
  checkTokenSource(options)
  const { code, onInstall, onUninstall, sender, allowPortal = isPortalHost } = options
  if (onInstall && !code?.length) throw optionError('code', code, 'the CODE of the app, of which a portal gives proof; of a local app it is its client id')
  const handlers = new Map(Object.entries(options.on).map(([name, handler]) => [name.toUpperCase(), handler]))

  async function install({ memberId, applicationToken, tokens, userId }: ClaimedEvent, isKnown: boolean): Promise<void> {
    if (!onInstall) return
    const isProven = isKnown || (tokens && memberId && applicationToken && await isInstalled(tokens, { code: code!, allowPortal }))
    if (!tokens || !isProven) throw tokenRefused()
    await onInstall({ memberId, applicationToken, tokens, userId: userId ?? tokens.userId })
    const made = await sender
    made?.forget(memberId)
  }

  async function uninstall({ memberId, data }: ClaimedEvent): Promise<void> {
    await onUninstall?.({ memberId, isClean: data.CLEAN === '1' })
    const made = await sender
    made?.forget(memberId)
  }

  /** Resolves when the portal may be answered; what goes on behind the answer is handed to `behind`. */
  async function take(claimed: ClaimedEvent, tell: (error: unknown) => void, behind: (work: Promise<unknown>) => void): Promise<void> {
    const knowledge = await judgeToken(options, claimed.memberId, claimed.applicationToken)
    const isNew = claimed.name === 'ONAPPINSTALL' && knowledge === 'unknown-portal' && onInstall && options.tokenOf
    if (knowledge !== 'right' && !isNew) throw tokenRefused()
    if (claimed.name === 'ONAPPINSTALL') await install(claimed, knowledge === 'right')
    if (claimed.name === 'ONAPPUNINSTALL') await uninstall(claimed)
    const handler = handlers.get(claimed.name)
    if (!handler) return
    const work = believe(claimed, options).then(handler)
    behind(work.catch(tell))
    const made = await sender
    if (made?.isDurable) await work
  }

  const handle = async (event: RequestEvent): Promise<Response> => {
    const teller = createTeller(options.onError)
    let about: EventName = { name: '', memberId: '' }
    const tell = (error: unknown): void => teller(error, about)
    try {
      const claimed = parseEvent(await readBodyText(event))
      about = claimed
      await take(claimed, tell, work => waitUntil(event, work))
      return new Response(null, { status: 200 })
    }
    catch (error) {
      const status = statusOf(error)
      if (status === 500) tell(error)
      return new Response(null, { status })
    }
  }
  // By which h3 1 knows a handler.
  return Object.assign(handle, { __is_handler__: true })
}

/** The caller is a stranger: the status is all that is told. */
function statusOf(error: unknown): number {
  const code = error instanceof PullError ? error.code : ''
  return code === 'FORM_ERROR' ? 400 : code === 'TOKEN_REFUSED' ? 403 : 500
}

function waitUntil(event: RequestEvent, work: Promise<unknown>): void {
  if (event.waitUntil) return event.waitUntil(work)
  const request = event.req as { waitUntil?: (promise: Promise<unknown>) => void } | undefined
  request?.waitUntil?.(work)
}

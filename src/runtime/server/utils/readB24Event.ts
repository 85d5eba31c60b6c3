import { checkTokenSource, judgeToken, tokenRefused } from '../events/judge-token'
import { parseEvent } from '../events/parse-event'
import type { ClaimedEvent } from '../events/parse-event'
import { openB24 } from '../events/to-tokens'
import type { B24AppSecret, B24Event, ReadB24EventOptions } from '../events/types'

/**
 * Reads an event that a portal has posted to the app's back end, and makes sure that it was the portal.
 *
 * For plain Node and every server that is not Nitro; there, {@link defineB24EventHandler} does it all.
 *
 * @param formText body of the request, as it came
 * @param options the right `application_token`, and the app's `clientId` and `clientSecret`, by which the SDK renews tokens
 * @throws PullError `FORM_ERROR` where it is no event: answer 400; `TOKEN_REFUSED` where it is not of a known portal: answer 403;
 * `ARGUMENT_ERROR`
 * @see https://apidocs.bitrix24.com/api-reference/events/index.html
 *
 * @example
 * ```ts
 * export async function hear(body: string) {
 *   const { name, id, b24 } = await readB24Event(body, { applicationToken: process.env.B24_APPLICATION_TOKEN ?? '' })
 *   if (name === 'ONCRMDEALUPDATE' && b24) await sendPullEvent(b24, { command: 'deal.changed', params: { id } })
 * }
 * ```
 */
export async function readB24Event(formText: string, options: ReadB24EventOptions): Promise<B24Event> {
  checkTokenSource(options)
  const claimed = parseEvent(formText)
  if (await judgeToken(options, claimed.memberId, claimed.applicationToken) !== 'right') throw tokenRefused()
  return believe(claimed, options)
}

/** The event of a portal that is known. */
export async function believe({ applicationToken: _, ...event }: ClaimedEvent, secret: Partial<B24AppSecret>): Promise<B24Event> {
  return { ...event, b24: event.tokens && await openB24(event.tokens, secret) }
}

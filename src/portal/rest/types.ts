import type { PlatformEventName } from '../events/catalogue'
import type { FireEventAnswer, PortalUser } from '../types'

/** Params of a REST call, as they arrived: values are not checked. */
export type RestParams = Record<string, unknown>

/** Who calls. Pull works for applications only; a webhook gets `WRONG_AUTH_TYPE`. */
export interface RestCaller {
  user: PortalUser
  kind: 'application' | 'webhook'
  /** The frame whose token it is, where it is one's. */
  frameId: string | null
  /** The request's source key, `auth_connector`: a part of its authorization, so the commands of a `batch` have that of the batch. */
  connector: string
}

/** What a REST method of one's own is told beside its params. */
export interface RestContext {
  /** Who calls. */
  user: PortalUser
  /** Fires an event at the handlers bound with `event.bind`, as the platform does after a change by this caller. */
  fireEvent: (event: PlatformEventName | (string & {}), data?: Record<string, unknown>) => Promise<FireEventAnswer>
}

/**
 * A REST method of one's own.
 *
 * @param params what the caller sent, without `auth`
 * @param context who calls, and a way to fire events
 * @returns the `result` of the answer; wrap it with {@link restPage} for `total` and `next`
 * @throws RestError to answer with an error
 */
export type RestHandler = (params: RestParams, context: RestContext) => unknown

/** A method of the portal itself. */
export type RestMethod = (params: RestParams, caller: RestCaller) => unknown

/**
 * An error answer of the platform, for REST methods of one's own to throw.
 *
 * @example
 * ```ts
 * import { RestError } from 'nuxt-b24-pull/portal'
 * import type { RestHandler } from 'nuxt-b24-pull/portal'
 *
 * const getDeal: RestHandler = ({ id }) => {
 *   if (id !== '42') throw new RestError('NOT_FOUND', 'There is no such deal.', 400)
 *   return { ID: '42' }
 * }
 * ```
 */
export class RestError extends Error {
  override readonly name = 'RestError'
  readonly code: string
  readonly status: number

  /**
   * @param code the answer's `error`, such as `ACCESS_DENIED`
   * @param description the answer's `error_description`
   * @param status HTTP status
   */
  constructor(code: string, description: string, status = 400) {
    super(description)
    this.code = code
    this.status = status
  }
}

/** A result with the numbers of a list method. */
export class RestPage {
  readonly result: unknown
  readonly total: number | undefined
  readonly next: number | undefined

  constructor(result: unknown, numbers: { total?: number, next?: number }) {
    this.result = result
    this.total = numbers.total
    this.next = numbers.next
  }
}

/**
 * Wraps a list so that the answer carries `total` and `next`.
 *
 * @param result what the method answers, a list as a rule
 * @param numbers what is left out is not sent
 * @param numbers.total how many there are in all
 * @param numbers.next where the next page begins
 * @example
 * ```ts
 * import { restPage } from 'nuxt-b24-pull/portal'
 * import type { PortalOptions } from 'nuxt-b24-pull/portal'
 *
 * const rest: PortalOptions['rest'] = {
 *   'crm.deal.list': () => restPage([{ ID: '42' }], { total: 120, next: 50 }),
 * }
 * ```
 */
export function restPage(result: unknown, numbers: { total?: number, next?: number }): RestPage {
  return new RestPage(result, numbers)
}

/** A REST call that the portal has seen. */
export interface RestRequest {
  id: number
  /** ms since epoch */
  time: number
  method: string
  /** Secrets masked. */
  params: RestParams
  userId: number | null
  status: number
  /** Code of the error, or null. */
  error: string | null
  durationMs: number
  /** Came inside a `batch`. */
  inBatch: boolean
}

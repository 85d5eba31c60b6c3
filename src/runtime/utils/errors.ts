/** Permanent codes of everything that can go wrong. A code is never reused for another meaning. */
export type PullErrorCode
  // Where the app runs
  = | 'NOT_IN_FRAME'
    | 'FRAME_NO_ANSWER'
    | 'NO_CONTEXT'
    | 'NO_PULL'
    | 'NOT_READY'
    // What the account or the app's registration lacks
    | 'WRONG_AUTH_TYPE'
    | 'INSUFFICIENT_SCOPE'
    | 'PULL_NOT_CONFIGURED'
    | 'REST_NOT_AVAILABLE'
    | 'WRONG_LICENSE'
    // The way to the portal and the push server
    | 'CONNECTION_LOST'
    | 'CONNECT_TIMEOUT'
    | 'POLICY_BLOCKED'
    | 'REST_FAILED'
    | 'QUERY_LIMIT_EXCEEDED'
    | 'AUTH_EXPIRED'
    | 'CONFIG_REPLACED'
    | 'CONFIG_UNUSABLE'
    | 'TOO_MANY_CONNECTIONS'
    | 'SERVER_RESTART'
    | 'LOAD_FAILED'
    | 'SDK_CHANGED'
    | 'SECOND_CLIENT'
    // Names and values given to the module
    | 'ARGUMENT_ERROR'
    | 'MODULE_ID_ERROR'
    | 'MODULE_RESERVED'
    | 'COMMAND_ERROR'
    | 'PARAMS_ERROR'
    | 'SCHEMA_MISMATCH'
    | 'USER_ID_ERROR'
    | 'USER_ID_ACCESS_ERROR'
    | 'TAG_ERROR'
    | 'TEXT_ERROR'
    | 'AVATAR_ERROR'
    | 'INTERVAL_ERROR'
    // What the portal or its push server does not do
    | 'PRESENCE_UNAVAILABLE'
    | 'WATCH_REFUSED'
    | 'WATCH_UNANSWERED'
    | 'ACCESS_ERROR'
    | 'EMPTY_APP_NAME'
    // A back end that sends, and the events it hears
    | 'PORTAL_GONE'
    | 'SENDER_CLOSED'
    | 'FORM_ERROR'
    | 'TOKEN_REFUSED'
    // The app's own code
    | 'HANDLER_FAILED'
    | 'FILTER_FAILED'
    | 'SCHEMA_FAILED'
    | 'QUEUE_OVERFLOW'
    | 'FETCHER_FAILED'
    | 'REDUCER_FAILED'
    | 'FETCHED_MESSAGE_ERROR'

/** What a {@link PullError} is made of. */
export interface PullErrorDetails {
  code: PullErrorCode
  /** What happened, in one sentence. */
  message: string
  /** Why it happened. */
  why: string
  /** What to do about it. */
  fix: string
  /** The error underneath, where there is one. Errors of the portal come as a copy without request data. */
  cause?: unknown
  /** What a schema found, with `SCHEMA_MISMATCH`; with `PARAMS_ERROR` the value that JSON cannot carry. */
  issues?: readonly PullIssue[]
}

/** One reason why params do not match their schema, or cannot be sent. */
export interface PullIssue {
  readonly message: string
  /** Where in the params; empty where it concerns the whole. */
  readonly path: readonly PropertyKey[]
}

/** Where each code has a heading of its own. */
const ERRORS_PAGE = 'nuxt-b24-pull/docs/errors.md'

/**
 * The one error class of this module.
 *
 * It says what happened (`message`), why (`why`) and what to do (`fix`), and has a permanent `code`. As text, and in a console that
 * shows it uncaught, it says all of them.
 *
 * @example
 * ```ts
 * const { reason } = usePull()
 * const advice = computed(() => reason.value && `${reason.value.message} ${reason.value.fix}`)
 * ```
 */
export class PullError extends Error {
  override readonly name = 'PullError'
  declare readonly code: PullErrorCode
  declare readonly why: string
  declare readonly fix: string
  /** What the schema found, with `SCHEMA_MISMATCH`; with `PARAMS_ERROR` the value that JSON cannot carry. */
  declare readonly issues?: readonly PullIssue[]

  constructor(details: PullErrorDetails) {
    // Of which the engine takes `cause`, where there is one.
    super(details.message, details)
    Object.assign(this, details)
    // What a console shows of an error that nobody caught; engines begin it with the message, or not at all.
    this.stack = `${this}\n${this.stack?.replace(/^[\s\S]*?(?= {4}at )/, '') ?? ''}`
  }

  /** All that is known: what happened, why, what to do, and where more is written. */
  override toString(): string {
    return `${this.name} ${this.code}: ${this.message}\n  Why: ${this.why}\n  Fix: ${this.fix}\n  See: ${ERRORS_PAGE}#${this.code.toLowerCase()}`
  }
}

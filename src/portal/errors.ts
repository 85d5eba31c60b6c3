/** Permanent codes of the dev portal's own errors. */
export type PortalErrorCode
  = | 'PORTAL_BAD_OPTION'
    | 'PORTAL_BAD_REST_FILE'
    | 'PORTAL_PORT_TAKEN'
    | 'PORTAL_WAIT_TIMEOUT'
    | 'PORTAL_CLOSED'
    | 'PORTAL_BAD_EVENT'
    | 'PORTAL_UNKNOWN_USER'
    | 'PORTAL_UNKNOWN_FRAME'
    | 'PORTAL_UNKNOWN_FAULT'
    | 'PORTAL_UNKNOWN_DIALOG'
    | 'PORTAL_UNKNOWN_EVENT'

/**
 * An error of the dev portal: what happened, why, and what to do about it.
 *
 * @example
 * ```ts
 * import { createPortal, PortalError } from 'nuxt-b24-pull/portal'
 *
 * await createPortal({ app: 'http://localhost:3000', port: 7324 }).catch((error) => {
 *   if (error instanceof PortalError && error.code === 'PORTAL_PORT_TAKEN') return createPortal({ app: 'http://localhost:3000' })
 *   throw error
 * })
 * ```
 */
export class PortalError extends Error {
  override readonly name = 'PortalError'
  readonly code: PortalErrorCode
  readonly why: string
  readonly fix: string
  /** Which field of the input is to blame, where there is one. */
  readonly field: string | null

  constructor(code: PortalErrorCode, parts: { what: string, why: string, fix: string, field?: string, cause?: unknown }) {
    super(`${parts.what} ${parts.why} ${parts.fix}`, { cause: parts.cause })
    this.code = code
    this.why = parts.why
    this.fix = parts.fix
    this.field = parts.field ?? null
  }
}

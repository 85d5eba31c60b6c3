import { PullError } from './errors'
import type { PullErrorDetails } from './errors'
import { maskSecrets, maskThrown } from './mask-secrets'

/** Something of the app's own has thrown: an error of this module that says what, without secrets. */
export function failedBy(thrown: unknown, { what, ...details }: Omit<PullErrorDetails, 'message' | 'cause'> & { what: string }): PullError {
  return new PullError({
    ...details,
    message: `${what} failed${thrown instanceof Error ? `: ${maskSecrets(thrown.message)}` : ''}.`,
    cause: maskThrown(thrown),
  })
}

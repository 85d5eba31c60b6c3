import type { RestCaller } from '../types'
import { RestError } from '../types'

/** What belongs to applications: a webhook is turned away. */
export function assertApplication({ kind }: RestCaller): void {
  if (kind !== 'application') throw new RestError('WRONG_AUTH_TYPE', 'Current authorization type is denied for this method Application context required', 403)
}

/** What is of one application, such as its options: a webhook has none. */
export function assertContext({ kind }: RestCaller): void {
  if (kind !== 'application') throw new RestError('ACCESS_DENIED', 'Access denied! Application context required', 403)
}

/** What belongs to administrators. */
export function assertAdmin({ user }: RestCaller, description = 'Access denied!'): void {
  if (!user.isAdmin) throw new RestError('ACCESS_DENIED', description, 403)
}

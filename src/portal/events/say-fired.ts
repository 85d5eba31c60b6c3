import type { FireEventAnswer } from '../types'

/**
 * What became of an event that was fired, a sentence each.
 *
 * @param event its name
 * @param answer what the portal says of it
 */
export function sayFired(event: string, answer: FireEventAnswer): string[] {
  const { deliveries, queued, isWithheld } = answer
  if (isWithheld) return [`${event} was withheld: the app is not installed yet, and no event reaches it before installFinish().`]
  if (deliveries.length + queued === 0) return [`${event} reached nobody: no handler is bound to it. The app calls event.bind first.`]
  return [
    ...deliveries.map(({ handler, status, error }) => error ? `${handler}: ${error}` : `${handler} answered ${status}.`),
    ...(queued > 0 ? [`Queued for ${queued === 1 ? 'one reader' : `${queued} readers`} of offline events.`] : []),
  ]
}

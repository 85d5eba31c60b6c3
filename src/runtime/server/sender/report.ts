import { consola } from 'consola'
import { isThenable } from '../../utils/is-thenable'
import { maskThrown } from '../../utils/mask-secrets'

/** Calls what the app gave, which may be async: an error in it is told, and stops nothing here. */
export function callSafely<Args extends unknown[]>(hook: ((...args: Args) => unknown) | undefined, ...args: Args): void {
  const tell = (error: unknown): void => report('A hook threw:', error)
  try {
    const answer = hook?.(...args)
    // A rejection that nobody hears ends Node.
    if (isThenable(answer)) answer.then(undefined, tell)
  }
  catch (error) {
    tell(error)
  }
}

/** Writes an error of the app into the console, without secrets: those of REST clients carry the request. */
export function report(what: string, error: unknown): void {
  consola.withTag('nuxt-b24-pull').error(what, maskThrown(error))
}

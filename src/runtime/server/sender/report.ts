import { consola } from 'consola'

/** Calls what the app gave: an error in it is told, and stops nothing here. */
export function callSafely<Args extends unknown[]>(hook: ((...args: Args) => void) | undefined, ...args: Args): void {
  try {
    hook?.(...args)
  }
  catch (error) {
    report('A hook threw:', error)
  }
}

export function report(what: string, error: unknown): void {
  consola.withTag('nuxt-b24-pull').error(what, error)
}

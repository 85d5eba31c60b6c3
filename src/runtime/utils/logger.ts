import type { ConsolaInstance } from 'consola'

/** Levels of the browser-side logger, from nothing to everything. */
export type PullLogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

const levels: readonly PullLogLevel[] = ['silent', 'error', 'warn', 'info', 'debug']

export interface PullLogger {
  error: (first: unknown, ...rest: unknown[]) => void
  warn: (first: unknown, ...rest: unknown[]) => void
  /** An info line that is shown at every level but `silent`: for what a developer must not miss and is no fault. */
  notice: (first: unknown, ...rest: unknown[]) => void
  debug: (first: unknown, ...rest: unknown[]) => void
}

/**
 * The browser-side logger, tagged `b24-pull`.
 *
 * consola is loaded with the first line that is really written, so that an app that has nothing to say does not pay for it.
 */
export function createLogger(level: PullLogLevel): PullLogger {
  let consola: Promise<ConsolaInstance> | undefined
  const load = () => consola ??= import('consola/basic').then(({ createConsola }) =>
    // Everything: what is written is decided here.
    createConsola({ level: 999, defaults: { tag: 'b24-pull' } }))

  const at = (type: 'error' | 'warn' | 'info' | 'debug', needs: PullLogLevel = type) => (...said: [first: unknown, ...rest: unknown[]]) => {
    if (levels.indexOf(level) < levels.indexOf(needs)) return
    // Its code may be missing for the very reason that is to be told.
    load().then(log => log[type](...said), () => console[type]('[b24-pull]', ...said))
  }

  return {
    error: at('error'),
    warn: at('warn'),
    notice: at('info', 'error'),
    debug: at('debug'),
  }
}

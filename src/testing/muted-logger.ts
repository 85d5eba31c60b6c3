import type { PullLogger } from '../runtime/utils/logger'

/** A logger that can be silenced for a while. */
export interface MutedLogger extends PullLogger {
  /** Runs something whose lines are dropped. */
  muted: (run: () => void) => void
}

export function createMutedLogger(logger: PullLogger): MutedLogger {
  let isMuted = false
  const at = (level: keyof PullLogger) => (first: unknown, ...rest: unknown[]) => {
    if (!isMuted) logger[level](first, ...rest)
  }
  return {
    error: at('error'),
    warn: at('warn'),
    notice: at('notice'),
    debug: at('debug'),
    muted(run) {
      isMuted = true
      try {
        run()
      }
      finally {
        isMuted = false
      }
    },
  }
}

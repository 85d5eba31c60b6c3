import type { PullMessage } from '../../types'
import { createClock } from '../../utils/clock'
import type { PullContext, PullService } from '../pull-context'

/** So many sends of a command out of its own handlers, within so many ms, are taken for a loop. */
const SUSPICIOUS = 5
const WITHIN = 5_000

interface Command { running: number, sentAt: number[], isTold: boolean }

/** Development only: finds handlers that send the very command which they handle. */
export interface SendLoop extends PullService {
  /** Runs a handler of the message, and knows until its promise settles that it runs. */
  watchHandler: <T>(message: Pick<PullMessage, 'module' | 'command'>, run: () => T) => T
  /** Warns once when handlers of a command send that very command again and again. */
  watchSend: (module: string, command: string) => void
}

export function createSendLoop({ logger }: PullContext): SendLoop {
  const clock = createClock()
  const commands = new Map<string, Command>()

  function stateOf(module: string, command: string): Command {
    const key = `${String(module).toLowerCase()}/${command}`
    const state = commands.get(key) ?? { running: 0, sentAt: [], isTold: false }
    commands.set(key, state)
    return state
  }

  return {
    watchHandler(message, run) {
      const state = stateOf(message.module, message.command)
      const done = () => void state.running--
      state.running++
      let result: ReturnType<typeof run> | undefined
      try {
        return result = run()
      }
      finally {
        if (result instanceof Promise) result.then(done, done)
        else done()
      }
    },
    watchSend(module, command) {
      const state = stateOf(module, command)
      if (!state.running || state.isTold) return
      const now = clock.now()
      state.sentAt = [...state.sentAt.filter(at => now - at < WITHIN), now]
      if (state.sentAt.length < SUSPICIOUS) return
      state.isTold = true
      logger.warn(`A handler of '${module}' / '${command}' sends that very command: ${SUSPICIOUS} times within ${WITHIN / 1000} s. What a page sends comes back to it, so this has no end. Use the option \`ignoreOwn\`, or another command for the answer.`)
    },
    dispose: () => commands.clear(),
  }
}

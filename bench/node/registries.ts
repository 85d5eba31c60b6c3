import { useEventBus } from '@vueuse/core'
import mitt from 'mitt'
import { createHub } from '../../src/runtime/app/hub/hub'
import type { PullMessage } from '../../src/runtime/types'

/** A way to hand messages on, without anything around it. */
export interface Registry {
  /** Returns what ends it. */
  on: (module: string, command: string, handler: () => void) => () => void
  /** What hands this message on when it is called. */
  emitting: (message: PullMessage) => () => void
}

const keyOf = ({ module, command }: Pick<PullMessage, 'module' | 'command'>) => `${module}:${command}`

/** Event buses are found by their key all over a process: each registry has keys of its own. */
let buses = 0

/** In the order in which they are shown. */
export const registries: Record<'ours' | 'mitt' | 'eventBus', () => Registry> = {
  ours() {
    const hub = createHub()
    return {
      on(module, command, listener) {
        const listening = hub.subscribe({ type: 'server', module, commands: [command], handler: listener })
        return () => listening.leave()
      },
      emitting: message => () => hub.dispatch(message),
    }
  },
  mitt() {
    const emitter = mitt<Record<string, unknown>>()
    return {
      on(module, command, handler) {
        const key = keyOf({ module, command })
        emitter.on(key, handler)
        return () => emitter.off(key, handler)
      },
      emitting(message) {
        const key = keyOf(message)
        return () => emitter.emit(key, message)
      },
    }
  },
  eventBus() {
    const own = `${buses++}:`
    return {
      on: (module, command, handler) => useEventBus<unknown>(own + keyOf({ module, command })).on(handler),
      emitting(message) {
        const key = own + keyOf(message)
        return () => useEventBus<unknown>(key).emit(message)
      },
    }
  },
}

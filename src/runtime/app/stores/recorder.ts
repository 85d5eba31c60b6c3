import type { PullMessage } from '../../types'
import { createFrameScheduler } from '../../utils/frame-scheduler'
import type { FrameScheduler } from '../../utils/frame-scheduler'
import type { PullStore, PullStoreState } from './usePullStore'

/** Commands counted at most: their names come from outside, and memory must stay bounded. */
const MAX_COUNTED = 1000

export interface Recorder {
  /** Takes a message in; the store shows it with the next animation frame. */
  record: (message: PullMessage) => void
  /** The recorded messages, newest last, also those that the store does not show yet. */
  recorded: () => readonly PullMessage[]
  dispose: () => void
}

/**
 * The only writer of what the store says of messages.
 *
 * @param store what is written
 * @param history messages to keep
 * @param createScheduler decides when pending messages are written
 */
export function createRecorder(store: PullStore, history: number, createScheduler: (write: () => void) => FrameScheduler = createFrameScheduler): Recorder {
  // Types only are imported of the store: its code, and with it Vue, would tear the entry's chunks apart.
  const state = store as { -readonly [K in keyof PullStoreState]: PullStoreState[K] }
  let pending: PullMessage[] = []
  let pendingCounts: Tallies = new Map()
  let lastAt: number | null = null
  const scheduler = createScheduler(flush)

  function flush(): void {
    if (lastAt === null) return
    state.lastMessageAt = lastAt
    state.counts = addCounts(store.counts, pendingCounts)
    if (pending.length) state.messages = recorded()
    forgetPending()
  }

  function recorded(): readonly PullMessage[] {
    return pending.length ? [...store.messages, ...pending].slice(-history) : store.messages
  }

  function forgetPending(): void {
    pending = []
    pendingCounts = new Map()
    lastAt = null
  }

  const stopListening = store.$onAction(({ name }) => {
    if (name === 'clear') forgetPending()
  }, true)

  return {
    record(message) {
      lastAt = message.receivedAt
      count(pendingCounts, message)
      if (history > 0) {
        pending.push(message)
        // In a storm only the last ones will be shown: the others need not wait for the frame.
        if (pending.length >= 2 * history) pending = pending.slice(-history)
      }
      scheduler.request()
    },
    recorded,
    dispose() {
      scheduler.cancel()
      flush()
      stopListening()
    },
  }
}

/** How many messages came, by module and command: counted in place, because it is done for every message. */
type Tallies = Map<string, Map<string, { times: number }>>

function count(tallies: Tallies, { module, command }: PullMessage): void {
  let commands = tallies.get(module)
  if (!commands) tallies.set(module, commands = new Map())
  const tally = commands.get(command)
  if (tally) tally.times++
  else commands.set(command, { times: 1 })
}

function addCounts(before: PullStoreState['counts'], added: Tallies): PullStoreState['counts'] {
  const sum = new Map(before)
  let size = 0
  for (const commands of before.values()) size += commands.size
  for (const [module, commands] of added) {
    const total = new Map(before.get(module))
    for (const [command, { times }] of commands) {
      const known = total.get(command)
      if (known === undefined && size++ >= MAX_COUNTED) continue
      total.set(command, (known ?? 0) + times)
    }
    if (total.size) sum.set(module, total)
  }
  return sum
}

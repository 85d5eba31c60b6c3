import type { ChannelKey } from './channels'
import type { PushMessage } from './types'

/** What was sent, by channel, for those who come back with a `mid`. */
export interface History {
  add(key: ChannelKey, message: PushMessage): void
  /** Messages of these channels after `mid`, oldest first. */
  after(keys: readonly ChannelKey[], mid: string): PushMessage[]
  /** Channels keep their last `length` messages from now on. */
  setLength(length: number): void
}

/** @param length messages kept per channel */
export function createHistory(length: number): History {
  const kept = new Map<ChannelKey, PushMessage[]>()
  let limit = length

  function trim(messages: PushMessage[]): void {
    if (messages.length > limit) messages.splice(0, messages.length - limit)
  }

  return {
    add(key, message) {
      const messages = kept.get(key) ?? []
      messages.push(message)
      trim(messages)
      kept.set(key, messages)
    },
    after(keys, mid) {
      const now = Date.now()
      return keys
        .flatMap(key => kept.get(key) ?? [])
        .filter(message => message.id > mid && (message.expiry === 0 || message.created + message.expiry * 1_000 > now))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
    },
    setLength(next) {
      limit = next
      for (const messages of kept.values()) trim(messages)
    },
  }
}

import type { ChannelKey } from './channels'
import type { PushMessage } from './types'

/** What was sent, by channel, for those who come back with a `mid`. */
export interface History {
  add: (key: ChannelKey, message: PushMessage) => void
  /** Messages of these channels after `mid`, oldest first. */
  after: (keys: readonly ChannelKey[], mid: string) => PushMessage[]
  /** Channels keep their last `length` messages from now on. */
  setLength: (length: number) => void
}

/** Characters of JSON kept in all channels together. */
const MAX_SIZE = 32_000_000

/** @param length messages kept per channel */
export function createHistory(length: number): History {
  const kept = new Map<ChannelKey, PushMessage[]>()
  let limit = length
  let size = 0

  /** The oldest of all go until the rest is small enough: ids grow with time, over all channels. */
  function shrink(): void {
    while (size > MAX_SIZE) {
      const oldest = [...kept.values()].filter(messages => messages.length > 0).sort((a, b) => (a[0]!.id < b[0]!.id ? -1 : 1))[0]
      if (!oldest) return
      size -= oldest.shift()!.json.length
    }
  }

  function trim(messages: PushMessage[]): void {
    if (messages.length <= limit) return
    for (const { json } of messages.splice(0, messages.length - limit)) size -= json.length
  }

  return {
    add(key, message) {
      const messages = kept.get(key) ?? []
      messages.push(message)
      size += message.json.length
      trim(messages)
      kept.set(key, messages)
      shrink()
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

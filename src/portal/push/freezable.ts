import type { PushConnection } from './types'

/** What is held back for a connection that stands still, in messages and frames; beyond that it is cut off. */
const MAX_HELD = 10_000

/** Makes a connection that can stand still, as that of a page which its browser has frozen: what goes out waits, in its order. */
export function freezable(connection: Omit<PushConnection, 'isFrozen' | 'freeze'>): PushConnection {
  let held: (() => void)[] | null = null

  function now(send: () => void): void {
    if (held === null) send()
    else if (held.push(send) > MAX_HELD) connection.terminate()
  }

  return Object.defineProperties({}, {
    ...Object.getOwnPropertyDescriptors(connection),
    deliver: { value: (messages: Parameters<PushConnection['deliver']>[0]) => now(() => connection.deliver(messages)) },
    sendRaw: { value: (frame: Parameters<PushConnection['sendRaw']>[0]) => now(() => connection.sendRaw(frame)) },
    isFrozen: { get: () => held !== null },
    freeze: {
      value(isOn: boolean) {
        const waiting = held ?? []
        held = isOn ? waiting : null
        if (!isOn) for (const send of waiting) send()
      },
    },
  }) as PushConnection
}

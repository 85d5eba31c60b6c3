import process from 'node:process'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A signal by which a user, or a program, ends this one. */
export type EndSignal = typeof SIGNALS[number]

export function isEndSignal(given: unknown): given is EndSignal {
  return (SIGNALS as readonly unknown[]).includes(given)
}

/** How often it looks whether its parent is still there, in ms. */
const LOOK_EVERY = 500

/**
 * Resolves with the first Ctrl-C or its like, and with nothing when the process that started this one is gone: killed without a word, it
 * could not pass one on. A second Ctrl-C finds no listener, and ends the process at once.
 *
 * @param further hears of every signal after the first, which then ends nothing by itself
 */
export function untilSignal(further?: (signal: EndSignal) => void): Promise<EndSignal | undefined> {
  const parent = process.ppid
  return new Promise((resolve) => {
    const end = (signal?: EndSignal) => {
      clearInterval(look)
      for (const signal of SIGNALS) {
        if (further) process.on(signal, further)
        process.off(signal, end)
      }
      resolve(signal)
    }
    const look = setInterval(() => process.ppid !== parent && end(), LOOK_EVERY).unref()
    for (const signal of SIGNALS) process.on(signal, end)
  })
}

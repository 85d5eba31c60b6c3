import process from 'node:process'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** How often it looks whether its parent is still there, in ms. */
const LOOK_EVERY = 500

/**
 * Resolves with the first Ctrl-C or its like, and when the process that started this one is gone: killed without a word, it could
 * not pass one on. A second Ctrl-C finds no listener, and ends the process at once.
 */
export function untilSignal(): Promise<void> {
  const parent = process.ppid
  return new Promise((resolve) => {
    const end = () => {
      clearInterval(look)
      for (const signal of SIGNALS) process.off(signal, end)
      resolve()
    }
    const look = setInterval(() => process.ppid !== parent && end(), LOOK_EVERY).unref()
    for (const signal of SIGNALS) process.on(signal, end)
  })
}

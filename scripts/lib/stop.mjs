/** An error that a reader can act on. Printed without a stack: it is about the machine, not about the script. */
export class Stop extends Error {
  /**
   * @param {string} what what happened
   * @param {string} why the reason, as far as it is known
   * @param {string} fix what to do about it
   */
  constructor(what, why, fix) {
    super(`${what}\n  Why: ${why}\n  Fix: ${fix}`)
    this.name = 'Stop'
  }
}

/**
 * Prints an error the way its reader needs it and returns the exit code for it.
 * @param {unknown} error
 * @param {(text: string) => void} [print]
 */
export function report(error, print = console.error) {
  print(error instanceof Stop ? `\n${error.message}\n` : error instanceof Error ? error.stack ?? error.message : String(error))
  return 1
}

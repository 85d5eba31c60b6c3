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
 */
export function report(error) {
  console.error(error instanceof Stop ? `\n${error.message}\n` : error)
  return 1
}

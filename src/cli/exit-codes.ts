/** How the command ends; `exec` ends as its command did. */
export const EXIT = {
  done: 0,
  /** The portal or the platform said no, an event reached nobody, something was found wrong. */
  failed: 1,
  /** The command line was wrong. */
  usage: 2,
  /** No portal was found, several were, or the one that was named does not answer. */
  noPortal: 3,
  /** What was waited for did not come. */
  timeout: 4,
} as const

/** Ends the command with a code of its own, after saying why. */
export class CliError extends Error {
  override readonly name: string = 'CliError'
  readonly exit: number
  /** For scripts: `--json` tells it. */
  readonly code: string

  constructor(code: string, message: string, exit: number = EXIT.failed) {
    super(message)
    this.code = code
    this.exit = exit
  }
}

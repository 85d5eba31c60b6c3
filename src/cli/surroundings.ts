import type { EndSignal } from './until-signal'

/** Where the command line stands: what it writes to, and how long it goes on. */
export interface CliSurroundings {
  /** Writes a line. */
  out: (line: string) => void
  /** Writes a line about a mistake. */
  error: (line: string) => void
  /** Resolves when the user has had enough, with the signal that said so. Asked for once there is something to end. Who wants to hear of further signals gives a listener. */
  untilEnd: (further?: (signal: EndSignal) => void) => Promise<unknown>
  /** Working directory. */
  folder: string
  env: Readonly<Record<string, string | undefined>>
}

/** Where the command line writes, and how long it goes on. */
export interface CliSurroundings {
  /** Writes a line. */
  out: (line: string) => void
  /** Writes a line about a mistake. */
  error: (line: string) => void
  /** Resolves when the user has had enough. Asked for once there is something to end. */
  untilEnd: () => Promise<unknown>
}

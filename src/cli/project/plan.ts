/** What is to stand in an app's files. */
export interface Plan {
  /** By path from the app's folder. */
  files: ReadonlyMap<string, string>
  /** Packages that the app needs. */
  packages: readonly string[]
  scripts: Readonly<Record<string, string>>
  /** What is left to do, and what to do next. */
  hints: readonly string[]
}

/** An app as it is. */
export interface App {
  has: (path: string) => boolean
  /** With the line ends of Unix, whatever the file's are; null where there is no such file. */
  read: (path: string) => string | null
  /** The command that runs a script of its package.json. */
  run: (script: string) => string
}

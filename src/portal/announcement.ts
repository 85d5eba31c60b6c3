import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

/** A portal that listens, as it tells the other processes of this user: so the command finds it. No secret is in it. */
export interface Announcement {
  pid: number
  /** On 127.0.0.1. */
  url: string
  /** Address of the app. */
  app: string
  /** Working directory of the process: the project, mostly. */
  folder: string
  /** ms since epoch */
  startedAt: number
}

/** One folder per user: what others may write to is not believed. */
function home(): string {
  return join(tmpdir(), `nuxt-b24-pull-${process.getuid?.() ?? 'portals'}`)
}

/** Tells that a portal listens. @returns takes it back; both do nothing where there is no place to write to */
export function announce(url: string, app: string): () => void {
  const file = join(home(), `${process.pid}-${new URL(url).port}.json`)
  try {
    mkdirSync(home(), { recursive: true, mode: 0o700 })
    if (!isOurs(home())) return () => {}
    const announcement: Announcement = { pid: process.pid, url, app, folder: process.cwd(), startedAt: Date.now() }
    writeFileSync(file, JSON.stringify(announcement), { mode: 0o600 })
  }
  catch {
    return () => {}
  }
  return () => rmSync(file, { force: true })
}

/** The portals of this user that are running, the newest first; what a killed one has left behind is cleared away. */
export function announced(): Announcement[] {
  let files: string[]
  try {
    if (!isOurs(home())) return []
    files = readdirSync(home())
  }
  catch {
    return []
  }
  return files.flatMap((name) => {
    const file = join(home(), name)
    const found = read(file)
    if (found && isRunning(found.pid)) return [found]
    if (found) rmSync(file, { force: true })
    return []
  }).sort((a, b) => b.startedAt - a.startedAt)
}

/** Null for what is no announcement, or is just being written or taken away. */
function read(file: string): Announcement | null {
  try {
    const { pid, url, app, folder, startedAt } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<keyof Announcement, unknown>>
    const isWhole = Number.isInteger(pid) && typeof url === 'string' && /^http:\/\/127\.0\.0\.1:\d+$/.test(url)
      && typeof app === 'string' && typeof folder === 'string' && typeof startedAt === 'number'
    return isWhole ? { pid: pid as number, url, app, folder, startedAt } : null
  }
  catch {
    return null
  }
}

function isOurs(folder: string): boolean {
  const stats = lstatSync(folder)
  return stats.isDirectory() && (process.getuid === undefined || stats.uid === process.getuid())
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  }
  catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

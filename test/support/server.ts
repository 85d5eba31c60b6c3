import type { ChildProcess } from 'node:child_process'
import process from 'node:process'
import { allAnswer } from '../../scripts/lib/answers.mjs'
import { end, endAllOnSignal, start } from '../../scripts/lib/run.mjs'

// A run that is interrupted leaves no server behind.
endAllOnSignal()

/** A server in a process of its own. */
export interface TestServer {
  /** Without a slash at the end. */
  url: string
  /** All that it has printed so far. */
  output: () => string
  /** Ends it and everything it started. */
  stop: () => Promise<void>
}

export interface ServerCommand {
  command: string
  args: string[]
  cwd: string
  env?: Record<string, string>
  /** The address under which it will answer; further ones may be waited for too. */
  url: string
  alsoWaitFor?: string[]
  /** Milliseconds until it must answer. */
  deadline?: number
}

/**
 * Starts a server and waits until it answers.
 * @throws with all that it printed, when it ends before or does not answer in time
 */
export async function startServer({ command, args, cwd, env, url, alsoWaitFor = [], deadline = 120_000 }: ServerCommand): Promise<TestServer> {
  const child: ChildProcess = start(command, args, { cwd, env: { ...ownEnv(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  let gone: string | undefined
  child.stdout?.on('data', chunk => (printed += chunk))
  child.stderr?.on('data', chunk => (printed += chunk))
  child.once('error', error => (gone = error.message))
  child.once('exit', (code, signal) => (gone ??= `it ended with ${signal ?? `code ${code}`}`))

  const silent = await allAnswer([url, ...alsoWaitFor], { deadline, giveUp: () => gone !== undefined })
  if (silent.length > 0) {
    await end(child)
    throw new Error(`No answer from ${silent.join(' and ')}: ${gone ?? `nothing within ${deadline / 1000} s`}. \`${command} ${args.join(' ')}\` printed:\n${printed}`)
  }
  return { url, output: () => printed, stop: () => end(child) }
}

/** What this process was started with, without what Vitest has added: Nuxt and its logger behave differently in a test. */
function ownEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:TEST|VITEST.*|NODE_ENV)$/.test(name)))
}

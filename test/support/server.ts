import type { ChildProcess } from 'node:child_process'
import process from 'node:process'
import { stripVTControlCharacters } from 'node:util'
import { allAnswer } from '../../scripts/lib/answers.mjs'
import { end, endAllOnSignal, start } from '../../scripts/lib/run.mjs'

/** ms within which a server that answers says so itself. */
const SAYS_WITHIN = 10_000

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
  /** The address under which it will answer, and which it prints; further ones may be waited for too. */
  url: string
  alsoWaitFor?: string[]
  /** Milliseconds until it must answer. */
  deadline?: number
}

/**
 * Starts a server and waits until it answers, and has itself said that it listens there: what answers may be somebody else's.
 * @throws with all that it printed, when it ends before, listens elsewhere or does not answer in time
 */
export async function startServer({ command, args, cwd, env, url, alsoWaitFor = [], deadline = 120_000 }: ServerCommand): Promise<TestServer> {
  const child: ChildProcess = start(command, args, { cwd, env: { ...ownEnv(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const addresses = [url, ...alsoWaitFor]
  let printed = ''
  let gone: string | undefined
  child.stdout?.on('data', chunk => (printed += chunk))
  child.stderr?.on('data', chunk => (printed += chunk))
  child.once('error', error => (gone = error.message))
  child.once('exit', (code, signal) => (gone ??= `it ended with ${signal ?? `code ${code}`}`))

  const silent = await allAnswer(addresses, { deadline, giveUp: () => gone !== undefined })
  const unsaid = () => addresses.filter(address => !names(printed, address))
  if (silent.length === 0) await untilSettled(child, Math.min(deadline, SAYS_WITHIN), () => unsaid().length === 0 || gone !== undefined)

  const problem = silent.length > 0
    ? `No answer from ${silent.join(' and ')}: ${gone ?? `nothing within ${deadline / 1000} s`}.`
    : gone !== undefined
      ? `${addresses.join(' and ')} answered, but the server did not: ${gone}.`
      : unsaid().length > 0
        ? `${unsaid().join(' and ')} answered, but the server has not said that it listens there.`
        : null
  if (problem) {
    await end(child)
    throw new Error(`${problem} \`${command} ${args.join(' ')}\` printed:\n${printed}`)
  }
  return { url, output: () => printed, stop: () => end(child) }
}

/** Waits for what the server prints, or its end, until that settles the matter; at most `patience` ms. */
function untilSettled(child: ChildProcess, patience: number, isSettled: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const deadline = AbortSignal.timeout(patience)
    const done = () => {
      deadline.removeEventListener('abort', done)
      for (const stream of [child.stdout, child.stderr]) stream?.off('data', check)
      child.off('exit', check)
      resolve()
    }
    const check = () => isSettled() && done()
    deadline.addEventListener('abort', done)
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', check)
    child.on('exit', check)
    check()
  })
}

/** Whether a server has printed the port of an address of its own; by whatever name of this machine. */
function names(printed: string, address: string): boolean {
  return new RegExp(`https?://[^\\s/]+:${new URL(address).port}\\b`).test(stripVTControlCharacters(printed))
}

/** What this process was started with, without what Vitest has added: Nuxt and its logger behave differently in a test. */
export function ownEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:TEST|VITEST.*|NODE_ENV)$/.test(name)))
}

import { spawn, spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import process from 'node:process'
import { root } from './root.mjs'

/**
 * For commands whose words must not mix with a result on the standard output.
 * @type {import('node:child_process').StdioOptions}
 */
export const TO_STDERR = ['ignore', 2, 2]

/** ms */
const LOOK_EVERY = 500

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

// The last resort: nobody waits for anything any more here.
process.on('exit', () => running.forEach(child => signalGroup(child, 'SIGKILL')))

/**
 * Starts a command as the leader of a process group of its own, so that whatever it starts in turn can be ended with it.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options, detached: true })
  running.add(child)
  child.once('exit', () => running.delete(child))
  child.once('error', () => running.delete(child))
  return child
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { deadline?: number }} [options] `deadline` in ms: the command and all it started are ended then
 * @returns {Promise<number>} its exit code; 124 when the deadline ended it, 127 when it could not be started
 */
export function run(command, args, { deadline, ...options } = {}) {
  return new Promise((resolve) => {
    const child = start(command, args, options)
    let late = false
    const timer = deadline && setTimeout(() => {
      late = true
      console.error(`${command} ${args.join(' ')} was ended: it had not finished after ${deadline / 60_000} minutes.`)
      void end(child)
    }, deadline)
    child.once('error', (error) => {
      clearTimeout(timer)
      console.error(`${command} could not be started: ${error.message}`)
      resolve(127)
    })
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      resolve(late ? 124 : exitCode(code, signal))
    })
  })
}

/**
 * What a command prints, or undefined when it is not there or fails.
 * @param {string} command
 * @param {string[]} args
 */
export function output(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 })
  return result.status === 0 ? result.stdout.trim() : undefined
}

/**
 * Ends a command and all that it started: asks first, insists after `patience` ms.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} [patience]
 */
export async function end(child, patience = 5_000) {
  signalGroup(child, 'SIGTERM')
  const until = Date.now() + patience
  while (groupAlive(child) && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 50))
  signalGroup(child, 'SIGKILL')
}

/** A shell's exit code for a child that ended by itself or by a signal. */
export function exitCode(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0)
}

/** Ctrl-C, SIGTERM and a closed terminal end everything that was started here, then this process. */
export function endAllOnSignal() {
  let ending = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, async () => {
      if (ending) return
      ending = true
      await Promise.all([...running].map(child => end(child)))
      process.exit(exitCode(null, signal))
    })
  }
}

/** With {@link endAllOnSignal}: so does the end of whoever started this process. npm, ended alone, leaves its scripts behind. */
export function endAllWithParent() {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), LOOK_EVERY).unref()
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal)
  }
  catch {
    // Nobody is left in the group.
  }
}

function groupAlive(child) {
  try {
    return process.kill(-child.pid, 0)
  }
  catch {
    return false
  }
}

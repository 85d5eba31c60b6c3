import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import process from 'node:process'

/**
 * Runs `work` while no other process that uses the same lock file does; waits for the other to finish. A lock whose
 * process is gone counts for nothing.
 * @param {string} file
 * @param {() => Promise<void>} work
 */
export async function withLock(file, work) {
  while (!take(file)) await new Promise(resolve => setTimeout(resolve, 250))
  try {
    await work()
  }
  finally {
    rmSync(file, { force: true })
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  }
  catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  if (!isAlive(holder(file))) rmSync(file, { force: true })
  return false
}

function holder(file) {
  try {
    return Number(readFileSync(file, 'utf8'))
  }
  catch {
    return 0
  }
}

function isAlive(pid) {
  // Not yet written: its owner is between making the file and filling it.
  if (!pid) return true
  try {
    return process.kill(pid, 0)
  }
  catch {
    return false
  }
}

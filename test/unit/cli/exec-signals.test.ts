import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ownEnv } from '../../support/server'

const COMMAND = fileURLToPath(new URL('../../../bin/nuxt-b24-pull.mjs', import.meta.url))

/** Of one of these signals puts in order, with the portal's help, what it has begun, and ends with 7. Any other ends it at once. */
const tidying = (signals: readonly NodeJS.Signals[]) => `
const tidy = async (signal) => {
  const { status } = await fetch(process.env.B24_PORTAL + '/_portal/state')
  console.log('tidied at ' + signal + ' with ' + status)
  process.exit(7)
}
for (const signal of ${JSON.stringify(signals)}) process.once(signal, () => void tidy(signal))
setInterval(() => {}, 60_000)
console.log('ready')
`

/** Runs `exec` in a process group of its own, and signals it once its command is ready. */
async function signalled(signals: readonly NodeJS.Signals[], signal: (pid: number) => void): Promise<{ code: number | null, printed: string }> {
  const command = spawn(process.execPath, [COMMAND, 'exec', '--app', 'http://localhost:3000', '--', process.execPath, '-e', tidying(signals)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: ownEnv(),
    detached: true,
  })
  const ended = once(command, 'exit')
  let printed = ''
  for await (const chunk of command.stdout) {
    printed += String(chunk)
    if (printed === 'ready\n') signal(command.pid!)
  }
  const [code] = await ended as [number | null]
  return { code, printed }
}

describe('exec and its command', () => {
  it('are both told of Ctrl-C by the terminal: the command puts its things in order, and the exit code is its own', async () => {
    expect(await signalled(['SIGINT'], pid => process.kill(-pid, 'SIGINT'))).toEqual({ code: 7, printed: 'ready\ntidied at SIGINT with 200\n' })
  })

  it.each(['SIGTERM', 'SIGHUP'] as const)('hear of %s alike, though only exec was sent it', async (signal) => {
    expect(await signalled([signal], pid => process.kill(pid, signal))).toEqual({ code: 7, printed: `ready\ntidied at ${signal} with 200\n` })
  })

  it('end together where a program sends SIGTERM after a SIGINT that the command never heard of', async () => {
    expect(await signalled(['SIGTERM'], (pid) => {
      process.kill(pid, 'SIGINT')
      process.kill(pid, 'SIGTERM')
    })).toEqual({ code: 7, printed: 'ready\ntidied at SIGTERM with 200\n' })
  })
})

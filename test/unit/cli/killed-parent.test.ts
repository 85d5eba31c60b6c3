import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { ownEnv } from '../../support/server'

const COMMAND = fileURLToPath(new URL('../../../bin/nuxt-b24-pull.mjs', import.meta.url))

/** Starts the command as a shell's script does: with the same output, and out of reach of the parent's signals. */
const PARENT = `
const { spawn } = require('node:child_process')
spawn(process.execPath, [process.argv[1], 'portal', '--app', 'http://localhost:3000'], { stdio: 'inherit', detached: true })
setInterval(() => {}, 60_000)
`

it('ends with the process that started it, even where that is killed without a word', async () => {
  const parent = spawn(process.execPath, ['-e', PARENT, COMMAND], { stdio: ['ignore', 'pipe', 'inherit'], env: ownEnv() })
  let printed = ''
  for await (const chunk of parent.stdout) {
    printed += String(chunk)
    if (printed.includes('Dev portal: ')) break
  }
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)![0]
  expect((await fetch(`${url}/_portal/state`)).status).toBe(200)

  parent.kill('SIGKILL')
  await once(parent, 'exit')
  await expect.poll(() => fetch(`${url}/_portal/state`).then(({ status }) => status, () => 'gone')).toBe('gone')
})

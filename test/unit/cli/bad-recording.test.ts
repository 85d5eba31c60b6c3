import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { ownEnv } from '../../support/server'

const COMMAND = fileURLToPath(new URL('../../../bin/nuxt-b24-pull.mjs', import.meta.url))
const NOWHERE = join(tmpdir(), 'b24-there-is-no-such-folder', 'bug.ndjson')

it.each([
  ['exec', '--recording', ['--', process.execPath, '-e', '']],
  ['exec', '--record', ['--', process.execPath, '-e', '']],
  ['portal', '--record', []],
])('%s with %s of a file that cannot be had ends by itself, with 1', async (command, flag, rest) => {
  const child = spawn(process.execPath, [COMMAND, command, '--app', 'http://localhost:3000', flag, NOWHERE, ...rest], { stdio: ['ignore', 'ignore', 'pipe'], env: ownEnv() })
  onTestFinished(() => void child.kill('SIGKILL'))
  let printed = ''
  child.stderr.on('data', chunk => (printed += String(chunk)))
  expect(await once(child, 'close')).toEqual([1, null])
  expect(printed).toContain(`Option \`${flag.slice(2)}\` of the dev portal is '${NOWHERE}'.`)
})

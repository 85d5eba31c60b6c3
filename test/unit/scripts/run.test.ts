import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

const lib = new URL('../../../scripts/lib/run.mjs', import.meta.url).href

function script(code: string) {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `import { run, TO_STDERR } from '${lib}'; ${code}`], { encoding: 'utf8' })
  return { stdout, stderr }
}

const talk = '[\'-e\', \'console.log("words of a tool")\']'

it('keeps what a command says from the standard output when asked', () => {
  const { stdout, stderr } = script(`await run(process.execPath, ${talk}, { stdio: TO_STDERR }); console.log('result')`)
  expect(stdout).toBe('result\n')
  expect(stderr).toBe('words of a tool\n')
})

it('shows what a command says otherwise', () => {
  expect(script(`await run(process.execPath, ${talk})`).stdout).toBe('words of a tool\n')
})

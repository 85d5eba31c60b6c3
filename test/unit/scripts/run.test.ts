import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
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

it('ends all that it has started with the process that started it, even where that is killed without a word', async () => {
  const own = `
    import { endAllOnSignal, endAllWithParent, start } from '${lib}'
    endAllOnSignal()
    endAllWithParent()
    const child = start(process.execPath, ['-e', 'setInterval(() => {}, 60_000)'])
    console.log(child.pid)`
  // As npm does: with the same output, and out of reach of the signals that the parent gets.
  const parent = spawn(process.execPath, ['-e', 'require("node:child_process").spawn(process.execPath, ["--input-type=module", "-e", process.argv[1]], { stdio: "inherit", detached: true })', own], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [printed] = await once(parent.stdout, 'data') as [Buffer]
  const child = Number(String(printed))
  expect(isAlive(child)).toBe(true)
  parent.kill('SIGKILL')
  await expect.poll(() => isAlive(child)).toBe(false)
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  }
  catch {
    return false
  }
}

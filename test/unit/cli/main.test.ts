import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { main } from '../../../src/cli'
import { createPortal } from '../../../src/portal'

const app = 'http://localhost:3000'

/** Runs a command line to its end, which `untilEnd` decides. */
async function run(argv: string[], untilEnd: () => Promise<void> = async () => {}) {
  const out: string[] = []
  const errors: string[] = []
  const code = await main(argv, { out: line => out.push(line), error: line => errors.push(line), untilEnd, folder: process.cwd(), env: {} })
  return { code, out, errors }
}

async function takenPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>(resolve => server.close(() => resolve())))
  return (server.address() as AddressInfo).port
}

describe('the command line', () => {
  it('opens a portal, says where in one line, and closes it when the user has had enough', async () => {
    const { promise: ready, resolve: said } = Promise.withResolvers<string>()
    const { promise: enough, resolve: end } = Promise.withResolvers<undefined>()
    const running = main(['portal', '--app', app], { out: said, error: said, untilEnd: () => enough, folder: process.cwd(), env: {} })

    const line = await ready
    expect(line).toMatch(/^Dev portal: http:\/\/127\.0\.0\.1:\d+$/)
    const url = line.replace('Dev portal: ', '')
    expect((await fetch(url)).status).toBe(200)

    end(undefined)
    expect(await running).toBe(0)
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('gives the portal the port that was asked for', async () => {
    const { url, close } = await createPortal({ app })
    await close()
    expect((await run(['portal', '--app', app, '--port', new URL(url).port])).out).toEqual([`Dev portal: ${url}`])
  })

  it('tells a script where the portal is, in one line of JSON', async () => {
    const { out } = await run(['portal', '--app', app, '--port', '0', '--json'])
    expect(out.map(line => JSON.parse(line) as unknown)).toEqual([{ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) }])
  })

  it('ends with 1 when the port is taken', async () => {
    const { code, errors } = await run(['portal', '--app', app, '--port', String(await takenPort())])
    expect(code).toBe(1)
    expect(errors).toEqual([expect.stringContaining('Another program has this port.')])
  })

  it.each([
    [[], 'A command is missing. There are create, init, portal, exec, doctor, emit, fault on, fault off, fault list, users, log, wait, rest, event fire, event list.', 'See nuxt-b24-pull --help.'],
    [['serve'], 'There is no command "serve". There are create, init, portal, exec, doctor, emit, fault on, fault off, fault list, users, log, wait, rest, event fire, event list.', 'See nuxt-b24-pull --help.'],
    [['fault'], 'After fault comes one of on, off, list.', 'See nuxt-b24-pull --help.'],
    [['portal'], '--app is missing. It is the address of the app, such as --app http://localhost:3000.', 'See nuxt-b24-pull portal --help.'],
    [['portal', '--app', app, '--port', 'x'], '--port was "x". It may be a whole number from 0 to 65535.', 'See nuxt-b24-pull portal --help.'],
  ])('ends with 2 and says what to do: %j', async (argv, what, where) => {
    expect(await run(argv)).toEqual({ code: 2, out: [], errors: [what, where] })
  })

  it.each([[['--help']], [['-h']]])('shows the commands: %j', async (argv) => {
    const { code, out } = await run(argv)
    expect(code).toBe(0)
    expect(out.join('\n')).toContain('portal')
  })

  it('shows every flag of `portal` and opens nothing', async () => {
    const { code, out } = await run(['portal', '--app', app, '--help'])
    expect(code).toBe(0)
    const text = out.join('\n')
    for (const flag of ['--app', '--port', '--method', '--user', '--server', '--transport', '--mode', '--history']) expect(text).toContain(flag)
    expect(text).not.toContain('Dev portal:')
  })

  it('shows the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(await run(['--version'])).toEqual({ code: 0, out: [version], errors: [] })
  })
})

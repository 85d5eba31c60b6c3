import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../../support/server'

/** Somebody else's server, where the one under test should be. */
let other: Server
let taken: number

beforeAll(async () => {
  other = createServer((_, response) => response.end('not yours'))
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  taken = (other.address() as AddressInfo).port
})

afterAll(() => void other.close())

const start = (script: string, port: number) => startServer({
  command: process.execPath,
  args: ['-e', script],
  cwd: process.cwd(),
  url: `http://127.0.0.1:${port}`,
  deadline: 2_000,
})

const listen = (port: number) => `const server = require('node:http').createServer((_, response) => response.end('mine'))
server.listen(${port}, '127.0.0.1', () => console.log(\`Local: http://localhost:\\x1b[1m\${server.address().port}\\x1b[22m/\`))`

describe('startServer', () => {
  it('does not take somebody else\'s server for one that has ended', async () => {
    await expect(start('process.exit(3)', taken)).rejects.toThrow(`http://127.0.0.1:${taken} answered, but the server did not: it ended with code 3. `)
  })

  it('does not take it for one that finds its port taken', async () => {
    await expect(start(listen(taken), taken)).rejects.toThrow('EADDRINUSE')
  })

  it('does not take it for one that has moved to another port, and shows what it printed', async () => {
    await expect(start(listen(0), taken)).rejects.toThrow(/:\d+ answered, but the server has not said that it listens there\..*Local:/s)
  })

  it('takes one that says where it listens', async () => {
    other.close()
    other.closeAllConnections()
    const server = await start(listen(taken), taken)
    expect(await (await fetch(server.url)).text()).toBe('mine')
    await server.stop()
    await expect(fetch(server.url)).rejects.toThrow()
  })
})

import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Server as NetServer } from 'node:net'
import { createServer as createNetServer } from 'node:net'
import process from 'node:process'
import type { Nuxt } from '@nuxt/schema'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ModuleOptions } from '../../src/options'
import { CONTROL_BASE } from '../../src/portal/types'
import type { PortalState } from '../../src/portal/types'
import { setupDevPortal } from '../../src/setup-dev-portal'

afterEach(() => void vi.unstubAllEnvs())

async function listening<S extends Server | NetServer>(server: S, port = 0): Promise<S> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return server
}

/** As `nuxt dev` starts: modules first, and the app's own server when all is built. */
async function startDev(option: ModuleOptions['portal'] = true) {
  const hooks = new Map<string, (...given: unknown[]) => unknown>()
  const nuxt = { options: { dev: true, rootDir: process.cwd(), app: { baseURL: '/' } }, hook: hooks.set.bind(hooks) } as unknown as Nuxt
  const close = async () => hooks.get('close')?.()
  onTestFinished(async () => void await close())
  const { url } = await setupDevPortal(option, nuxt)
  const listen = async () => hooks.get('listen')!(await listening(createServer()), {})
  return { url: url!, hooks, listen, close }
}

const answers = async (url: string) => (await fetch(url)).ok

describe('the dev portal beside nuxt dev', () => {
  it('is at the address that was told before', async () => {
    const { url, listen } = await startDev()
    await listen()
    expect(await answers(url)).toBe(true)
  })

  it('takes another port where another program has the one that it prefers', async () => {
    // Another program may have it already: then there is nothing to take.
    const other = createNetServer().on('error', () => {})
    other.listen(7324, '127.0.0.1')
    onTestFinished(() => void other.close())
    const { url, listen } = await startDev()
    expect(new URL(url).port).not.toBe('7324')
    await listen()
    expect(await answers(url)).toBe(true)
  })

  it('has a port of its own where two apps start at once', async () => {
    const apps = [await startDev(), await startDev()]
    expect(new Set(apps.map(({ url }) => url)).size).toBe(2)
    for (const app of apps) await app.listen()
    for (const { url } of apps) expect(await answers(url)).toBe(true)
  })

  it('leaves no port behind, whether or not the app was up', async () => {
    const early = await startDev()
    await early.close()
    const late = await startDev()
    await late.listen()
    await late.close()
    for (const { url } of [early, late]) await expect(fetch(url)).rejects.toThrow()
  })

  it('takes the port of the option, and before it that of the variable', async () => {
    const { port } = (await listening(createNetServer())).address() as AddressInfo
    expect((await startDev({ port })).url).toBe(`http://127.0.0.1:${port}`)
    vi.stubEnv('B24_PULL_PORTAL_PORT', '7999')
    expect((await startDev({ port })).url).toBe('http://127.0.0.1:7999')
  })

  it('opens the app at an address of IPv6, too', async () => {
    const { url, hooks } = await startDev()
    await hooks.get('listen')!({ address: () => ({ address: '2001:db8::1', family: 'IPv6', port: 3000 }) }, {})
    const { app } = await (await fetch(`${url}${CONTROL_BASE}/state`)).json() as PortalState
    expect(app).toBe('http://[2001:db8::1]:3000/')
  })

  it('says that the variable is no port', async () => {
    vi.stubEnv('B24_PULL_PORTAL_PORT', '73 24')
    await expect(startDev()).rejects.toThrow('The variable B24_PULL_PORTAL_PORT was "73 24". It may be a port, from 1 to 65535.')
  })
})

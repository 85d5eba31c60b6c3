import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { codeBlocks } from '../support/code-blocks'

// The Nitro plugins that catch up by a timer, run as they stand.

const FILE = 'server/plugins/catch-up.ts'

const warn = vi.fn()
const unhandled = vi.fn()
/** Portals that were read, in order. */
let read: string[]
let list: () => Promise<string[]>
let open: (memberId: string) => Promise<{ memberId: string }>
let tick: () => void

beforeEach(() => {
  read = []
  list = async () => ['one', 'two']
  open = async memberId => ({ memberId })
  warn.mockClear()
  unhandled.mockClear()
  process.on('unhandledRejection', unhandled)
})

afterEach(() => void process.off('unhandledRejection', unhandled))

/** Runs a plugin; what Nitro or the app's own files bring is played. */
function start(code: string): void {
  const script = ts.transpile(code, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }).replace('export default', 'return')
  const world = {
    defineNitroPlugin: (setup: (nitro: object) => void) => setup({ hooks: { hook: () => {} } }),
    setInterval: (run: (...args: unknown[]) => void, _ms: number, ...args: unknown[]) => void (tick = () => run(...args)),
    console: { warn },
    // Of the page.
    knownPortals: () => list(),
    openPortal: (memberId: string) => open(memberId),
    drainOfflineEvents: async (b24: { memberId: string }) => void read.push(b24.memberId),
    sender: { send: () => {} },
    // Of the example, whose catchUp() catches by itself.
    portals: { getKeys: () => list() },
    catchUp: (memberId: string) => open(memberId).then(() => read.push(memberId)).catch(warn),
  }
  new Function(...Object.keys(world), script)(...Object.values(world))
}

const idle = (): Promise<void> => new Promise(resolve => setImmediate(() => setImmediate(resolve)))

const plugins: [string, string][] = [
  ['docs/server.md', codeBlocks('docs/server.md').find(({ code }) => code.startsWith(`// ${FILE}`))!.code],
  ['examples/crm-mirror', readFileSync(join(root, 'examples/crm-mirror', FILE), 'utf8')],
]

describe.each(plugins)('catching up as in %s', (_, code) => {
  it('goes on at the next tick where the portals could not be listed', async () => {
    list = () => Promise.reject(new Error('no database'))
    start(code)
    await idle()
    expect(warn).toHaveBeenCalledOnce()
    list = async () => ['one', 'two']
    tick()
    await idle()
    expect(read).toEqual(['one', 'two'])
    expect(unhandled).not.toHaveBeenCalled()
  })

  it('reads the other portals where one cannot be opened', async () => {
    open = memberId => memberId === 'one' ? Promise.reject(new Error('no tokens')) : Promise.resolve({ memberId })
    start(code)
    await idle()
    expect(read).toEqual(['two'])
    expect(warn).toHaveBeenCalledOnce()
    expect(unhandled).not.toHaveBeenCalled()
  })
})

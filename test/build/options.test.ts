import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadNuxt } from '@nuxt/kit'
import { describe, expect, it } from 'vitest'

const cwd = fileURLToPath(new URL('../..', import.meta.url))
/** Not the one that the type check reads. */
const buildDir = join(cwd, '.packed/module-in-a-build')

async function load(b24Pull: Record<string, unknown>) {
  const nuxt = await loadNuxt({ cwd, ready: true, overrides: { b24Pull, buildDir, _prepare: true } as never })
  await nuxt.close()
  return nuxt
}

describe('the module in a build', () => {
  it('stops it on a wrong option, with what it was and what it may be', async () => {
    await expect(load({ history: 'many' })).rejects.toThrow('The option `b24Pull.history` was "many". It may be a whole number from 0 to 100000.')
  })

  it('stops it on an option that does not exist', async () => {
    await expect(load({ autostart: true })).rejects.toThrow('The option `b24Pull.autostart` does not exist.')
  })

  it.each([
    [{ users: [] }, 'users` was []. It may be a list of one user or more.'],
    [{ users: [{ id: 0 }] }, 'users.0.id` was 0. It may be a whole number from 1 to 1000000000.'],
    [{ users: [{ name: 'Ada' }] }, 'users.0.id` is missing, and has no default.'],
    [{ server: { versoin: 4 } }, 'server.versoin` does not exist. It may be one of: version, transport, mode, history.'],
    [{ app: 'http://localhost:3000' }, 'app` does not exist. It may be one of: appName, port,'],
    [{ faults: { 'push-delay': { ms: 'slow' } } }, 'faults.push-delay.ms` was "slow". It may be a number from 0 to 60000.'],
  ])('stops it on the options %j of the dev portal, which it does not start', async (portal, said) => {
    await expect(load({ portal })).rejects.toThrow(`[nuxt-b24-pull] The option \`b24Pull.portal.${said}`)
  })

  it('takes every kind of option that the dev portal has', async () => {
    const portal = { port: 7400, users: [{ id: 7 }], server: { version: 4, history: 0 }, faults: { 'stop-pings': true, 'push-delay': { ms: 5 } }, rest: { 'crm.deal.get': () => ({}) } }
    await expect(load({ portal })).resolves.toBeDefined()
  })

  it.each([
    [{}, ['application']],
    [{ modules: ['crm'] }, ['crm']],
    [{ modules: [] }, []],
  ])('records, by the options %j, the modules %j and no others', async (given, modules) => {
    const nuxt = await load(given)
    const template = nuxt.options.build.templates.find(({ filename }) => filename === 'b24-pull-options.mjs')!
    const text = await template.getContents!({ nuxt, app: {} as never, options: {} })
    expect(JSON.parse(text.replace('export default ', ''))).toMatchObject({ modules })
  })

  it('brings Pinia along for an app that does not list it', async () => {
    const nuxt = await load({})
    expect(nuxt.options._installedModules.map(installed => installed.meta.name)).toContain('pinia')
  })
})

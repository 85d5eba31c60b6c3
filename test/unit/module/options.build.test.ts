import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadNuxt } from '@nuxt/kit'
import { describe, expect, it } from 'vitest'

const cwd = fileURLToPath(new URL('../../..', import.meta.url))
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

  it('brings Pinia along for an app that does not list it', async () => {
    const nuxt = await load({})
    expect(nuxt.options._installedModules.map(installed => installed.meta.name)).toContain('pinia')
  })
})

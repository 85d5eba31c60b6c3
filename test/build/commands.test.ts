import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadNuxt } from '@nuxt/kit'
import { describe, expect, it } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'

const fixture = 'test/fixtures/variants/every-option/pull.commands'

/** What the module writes for the app, by file name. */
async function templates(commands?: string, more: object = {}, cwd = root): Promise<Map<string, string>> {
  const nuxt = await loadNuxt({ cwd, ready: true, overrides: { ...commands !== undefined && { b24Pull: { commands } }, ...more, buildDir: join(root, '.packed/commands-in-a-build'), _prepare: true } as never })
  await nuxt.close()
  const ours = nuxt.options.build.templates.filter(({ filename }) => filename?.includes('b24-pull-commands'))
  return new Map(await Promise.all(ours.map(async template => [template.filename!, await template.getContents!({} as never)] as const)))
}

describe('the option `commands` in a build', () => {
  it('stops it where the file does not exist', async () => {
    await expect(templates('~/no.such.file.ts')).rejects.toThrow('The option `b24Pull.commands` was \'~/no.such.file.ts\', and there is no such file.')
  })

  it('says where it has looked, and in whose name', async () => {
    await expect(templates('~/no.such.file.ts')).rejects.toThrow(/It was looked for as \S+\/no\.such\.file\.ts, in the layer \S+ that names it\./)
  })

  it('is looked for in the layer that names it', async () => {
    const layer = join(root, '.packed/a-layer')
    mkdirSync(join(layer, 'app'), { recursive: true })
    writeFileSync(join(layer, 'nuxt.config.ts'), 'export default { b24Pull: { commands: \'~/layer.commands.ts\' } }\n')
    writeFileSync(join(layer, 'app/layer.commands.ts'), 'export default {}\n')
    const written = await templates(undefined, { extends: [layer] })
    expect(written.get('b24-pull-commands.mjs')).toContain(`import schemas from ${JSON.stringify(join(layer, 'app/layer.commands.ts'))}\n`)
  })

  it('is looked for in the layer that gives it beside the module\'s name', async () => {
    const layer = join(root, '.packed/a-layer-with-inline-options')
    const app = join(root, '.packed/an-app-of-that-layer')
    mkdirSync(join(layer, 'app'), { recursive: true })
    mkdirSync(join(app, 'app'), { recursive: true })
    writeFileSync(join(layer, 'nuxt.config.ts'), `export default { modules: [[${JSON.stringify(join(root, 'src/module'))}, { commands: '~/layer.commands.ts' }]] }\n`)
    writeFileSync(join(layer, 'app/layer.commands.ts'), 'export default {}\n')
    writeFileSync(join(app, 'nuxt.config.ts'), 'export default { extends: [\'../a-layer-with-inline-options\'] }\n')
    const written = await templates(undefined, {}, app)
    expect(written.get('b24-pull-commands.mjs')).toContain(`import schemas from ${JSON.stringify(join(layer, 'app/layer.commands.ts'))}\n`)
  })

  it('is an empty file where it is not set: nothing to load, and no types', async () => {
    const written = await templates()
    expect(written.get('b24-pull-commands.mjs')).toBe('export default undefined\n')
    expect(written.has('types/b24-pull-commands.d.ts')).toBe(false)
  })

  it('takes Nuxt\'s aliases and needs no extension', async () => {
    const written = await templates(`~~/${fixture}`)
    expect(written.get('b24-pull-commands.mjs')).toContain(`import schemas from ${JSON.stringify(join(root, `${fixture}.ts`))}\n`)
    expect(written.get('types/b24-pull-commands.d.ts')).toContain(`import type schemas from ${JSON.stringify(join(root, fixture))}`)
  })
})

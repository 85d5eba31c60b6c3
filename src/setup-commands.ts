import { resolve } from 'node:path'
import { addTemplate, addTypeTemplate, findPath, getLayerDirectories, resolveAlias } from '@nuxt/kit'
import type { Nuxt } from '@nuxt/schema'
import { isRecord } from './runtime/utils/is-record'

/**
 * Makes one file of schemas, named by the option `commands`, the source of both the types of commands and their
 * validation at run time. Without the option there is nothing of it in the app.
 *
 * @param option path of the file, with Nuxt's aliases: those of the layer that names it
 * @param runtime this module's runtime folder
 * @throws Error where the file does not exist
 */
export async function setupCommands(option: string | undefined, runtime: string, nuxt: Nuxt): Promise<void> {
  const lookup = JSON.stringify(`${runtime}/schema/command-schemas`)
  const place = option === undefined ? null : placeOf(option, nuxt)
  const file = place && await findPath(place.path, { cwd: place.root })
  if (place && !file) {
    throw new Error(`[nuxt-b24-pull] The option \`b24Pull.commands\` was '${option}', and there is no such file. It was looked for as ${place.path}, in the layer ${place.root} that names it. It may be a path such as '~/pull.commands.ts', of a file that exports schemas by module and command as its default.`)
  }

  addTemplate({
    filename: 'b24-pull-commands.mjs',
    getContents: () => file
      ? `import schemas from ${JSON.stringify(file)}\nimport { createSchemaLookup } from ${lookup}\n\nexport default createSchemaLookup(schemas)\n`
      : 'export default undefined\n',
  })
  addTypeTemplate({
    filename: 'types/b24-pull-commands-file.d.ts',
    getContents: () => [
      'declare module \'#build/b24-pull-commands.mjs\' {',
      `  const schemaOf: import(${lookup}).SchemaLookup | undefined`,
      '  export default schemaOf',
      '}',
      '',
    ].join('\n'),
  })
  if (file) {
    addTypeTemplate({
      filename: 'types/b24-pull-commands.d.ts',
      getContents: () => toTypes(file),
    }, { nuxt: true, nitro: true, node: true, shared: true })
  }
}

/** Where the file is to be found: `~` in the option of a layer means that layer, and the first that names the option is the one that counts. */
function placeOf(option: string, nuxt: Nuxt): { path: string, root: string } {
  const layers = getLayerDirectories(nuxt)
  const named = nuxt.options._layers.findIndex(({ config }) => optionsIn(config).some(({ commands }) => commands === option))
  const { app, root } = layers[Math.max(0, named)]!
  const path = resolveAlias(option, { ...nuxt.options.alias, '~~': root, '@@': root, '~': app, '@': app })
  return { path: resolve(root, path), root }
}

/** What a layer may have given as this module's options: under their key, and beside the name of a module, which need not be its npm name. */
function optionsIn({ b24Pull, modules = [] }: { b24Pull?: unknown, modules?: unknown[] }): Record<string, unknown>[] {
  return [b24Pull, ...modules.map(entry => Array.isArray(entry) ? entry[1] as unknown : undefined)].filter(isRecord)
}

/** The commands of the file as the app's `PullCommands`. */
function toTypes(file: string): string {
  const source = JSON.stringify(file.replace(/\.ts$/, '').replace(/\.mts$/, '.mjs'))
  return [
    `import type schemas from ${source}`,
    'import type { InferPullCommandInputs, InferPullCommands } from \'nuxt-b24-pull\'',
    '',
    'declare module \'nuxt-b24-pull\' {',
    '  interface PullCommands extends InferPullCommands<typeof schemas> {}',
    '  interface PullCommandInputs extends InferPullCommandInputs<typeof schemas> {}',
    '}',
    '',
    'export {}',
    '',
  ].join('\n')
}

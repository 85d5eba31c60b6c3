import { posix } from 'node:path'
import { parseModule } from 'magicast'
import { addNuxtModule, getDefaultExportOptions } from 'magicast/helpers'
import { toPlain } from '../plain-text'
import type { App, Plan } from './plan'
import { pingComponent } from './ping-component'

const EXTENSIONS = ['js', 'ts', 'mjs', 'cjs', 'mts', 'cts', 'json', 'jsonc', 'json5', 'yaml', 'yml', 'toml']

/** Where Nuxt looks for its configuration, in its order: the first that is there counts. */
const CONFIGS = ['nuxt.config', '.config/nuxt', '.config/nuxt.config'].flatMap(name => EXTENSIONS.map(extension => `${name}.${extension}`))

const NEW_CONFIG = `export default defineNuxtConfig({
  modules: ['nuxt-b24-pull'],
  b24Pull: {
    portal: true,
  },
})
`

/** A Nuxt app: the module in its configuration, with the dev portal on, and a component that hears and sends. */
export function planNuxt(app: App): Plan {
  const path = CONFIGS.find(app.has) ?? 'nuxt.config.ts'
  const before = app.read(path)
  const component = posix.join(sourceFolder(app, before), 'components/PullPing.vue')
  const { text, hint } = before === null ? { text: NEW_CONFIG, hint: null } : withModule(before, path)
  return {
    files: new Map([[path, text], ...(app.has(component) ? [] : [[component, pingComponent({ hasImports: false, isTyped: true })] as const])]),
    packages: ['nuxt-b24-pull', '@bitrix24/b24jssdk', 'pinia', '@pinia/nuxt'],
    scripts: {},
    hints: [
      ...(hint === null ? [] : [hint]),
      'Next: put <PullPing /> into a page, run `nuxt dev`, and open the dev portal at the address that it prints.',
    ],
  }
}

/** The folder that Nuxt 4 looks for components in: what the configuration names, else `app`, where it is there. */
function sourceFolder(app: App, config: string | null): string {
  const named = config && srcDirIn(config)
  return named ? posix.join(named) : app.has('app') ? 'app' : ''
}

function srcDirIn(config: string): string | null {
  try {
    const { srcDir } = getDefaultExportOptions(parseModule(config)) as { srcDir?: unknown }
    return typeof srcDir === 'string' && !posix.isAbsolute(srcDir) ? srcDir : null
  }
  catch {
    // withModule() says that it cannot be read.
    return null
  }
}

function withModule(text: string, path: string): { text: string, hint: string | null } {
  try {
    const config = parseModule(text)
    if (/['"`]nuxt-b24-pull['"`]/.test(text)) return { text, hint: null }
    addNuxtModule(config, 'nuxt-b24-pull', 'b24Pull', { portal: true })
    // The printer has the line ends of the machine.
    const code = toPlain(config.generate().code)
    return { text: text.endsWith('\n') && !code.endsWith('\n') ? `${code}\n` : code, hint: null }
  }
  catch {
    return { text, hint: `${path} could not be read: add 'nuxt-b24-pull' to its modules, and b24Pull: { portal: true }.` }
  }
}

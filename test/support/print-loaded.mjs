import { registerHooks } from 'node:module'
import process from 'node:process'

// `node print-loaded.mjs <module> [JSON of options for Nuxt]`: prints the address of every file that is loaded with it.

const loaded = []
registerHooks({
  load(url, context, next) {
    loaded.push(url)
    return next(url, context)
  },
})
const [target, nuxtOptions] = process.argv.slice(2)
const imported = await import(target)
if (nuxtOptions) {
  const nuxt = await imported.loadNuxt({ ready: true, ...JSON.parse(nuxtOptions) })
  await nuxt.close()
}
process.stdout.write(`\n${JSON.stringify(loaded)}\n`, () => process.exit())

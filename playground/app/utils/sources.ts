/** Of `nuxt.config`. */
declare const EVENT_HANDLER_SOURCE: string

// Each is a chunk of its own, loaded when somebody wants to read it.
const sources = import.meta.glob<string>([
  '../components/*.vue',
  '../composables/*.ts',
  '../pages/*.vue',
  '../plugins/*.ts',
  '../pull.commands.ts',
], { query: '?raw', import: 'default' })

const byName = new Map(Object.entries(sources).map(([path, load]) => [path.split('/').at(-1)!, load]))

byName.set('b24-events.post.ts', () => Promise.resolve(EVENT_HANDLER_SOURCE))

/** The source of a file of this app, by its name. */
export async function readSource(file: string): Promise<string> {
  const load = byName.get(file)
  if (!load) throw new Error(`The playground has no file "${file}".`)
  return load()
}

import type { TraceMap } from '@jridgewell/trace-mapping'
import type { CodeSite } from './place'

/** Files whose maps are kept. */
const KEPT = 100

/** Finds the line that somebody wrote, by the source map that a development server gives with the code it made of it; `null` where there is none. */
export type FindSource = (site: CodeSite) => Promise<Pick<CodeSite, 'url' | 'line'> | null>

export function createSourceFinder(): FindSource {
  const maps = new Map<string, Promise<TraceMap | null>>()

  function mapOf(url: string): Promise<TraceMap | null> {
    const known = maps.get(url)
    if (known) return known
    const map = loadMap(url).catch(() => null)
    maps.set(url, map)
    if (maps.size > KEPT) maps.delete(maps.keys().next().value!)
    return map
  }

  return async ({ url, line, column }) => {
    // By the expression itself, as in ./vue-devtools.
    if (process.env.NODE_ENV === 'production' || !/^https?:/.test(url)) return null
    const map = await mapOf(url)
    if (!map) return null
    const { originalPositionFor } = await import('./trace-mapping')
    const found = originalPositionFor(map, { line, column: column - 1 })
    return found.source === null || found.source.includes('/node_modules/') ? null : { url: found.source, line: found.line }
  }
}

/** The browser has just loaded the code itself, and has it still. */
async function loadMap(url: string): Promise<TraceMap | null> {
  const code = await (await fetch(url, { cache: 'force-cache' })).text()
  const address = /^\/\/# sourceMappingURL=(\S+)\s*$/m.exec(code)?.[1]
  if (!address) return null
  const [{ TraceMap }, map] = await Promise.all([import('./trace-mapping'), fetch(new URL(address, url)).then(answer => answer.json())])
  return new TraceMap(map, url)
}

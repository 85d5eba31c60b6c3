import type { CodeSite } from './place'

/** Files whose maps are kept. */
const KEPT = 100

/** A line that somebody wrote, and the address of its file. */
type SourceSite = Pick<CodeSite, 'url' | 'line'>

/** Finds what somebody wrote, by the source map that a development server gives with the code it made of it; `null` where there is none. */
export type FindSource = (site: CodeSite) => Promise<SourceSite | null>

export function createSourceFinder(): FindSource {
  const files = new Map<string, Promise<((site: CodeSite) => SourceSite | null) | null>>()

  return async (site) => {
    const { url } = site
    if (!/^https?:/.test(url)) return null
    const file = files.get(url) ?? loadMap(url).catch(() => null)
    files.set(url, file)
    if (files.size > KEPT) files.delete(files.keys().next().value!)
    return (await file)?.(site) ?? null
  }
}

/** The browser has just loaded the code itself, and has it still. */
async function loadMap(url: string): Promise<((site: CodeSite) => SourceSite | null) | null> {
  // By the expression itself, as in ./vue-devtools.
  if (process.env.NODE_ENV === 'production') return null
  const code = await (await fetch(url, { cache: 'force-cache' })).text()
  const address = /^\/\/# sourceMappingURL=(\S+)\s*$/m.exec(code)?.[1]
  if (!address) return null
  const { originalPositionFor, TraceMap } = await import('./trace-mapping')
  const map = new TraceMap(await (await fetch(new URL(address, url))).json(), url)
  return ({ line, column }) => {
    const found = originalPositionFor(map, { line, column: column - 1 })
    return found.source === null || found.source.includes('/node_modules/') ? null : { url: found.source, line: found.line }
  }
}

/** What a page's HTML says, as far as it counts here. */
export interface PageFacts {
  /** Scripts, styles and what is preloaded, as addresses, in their order. */
  files: URL[]
  /** Policies that stand in the HTML instead of a header. */
  policies: string[]
  /** Id of the build, as Nuxt writes it. */
  buildId: string | null
}

const TAG = /<(script|link|meta|base)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi
const ATTRIBUTE = /([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g

/** Reads a page's HTML. No browser: what scripts add later is not seen. */
export function readPage(html: string, address: URL): PageFacts {
  const files: URL[] = []
  const policies: string[] = []
  let base = address
  for (const [, tag = '', text = ''] of html.replaceAll(/<!--.*?-->/gs, '').matchAll(TAG)) {
    const attributes = new Map([...text.matchAll(ATTRIBUTE)].map(([, name = '', a, b, c]) => [name.toLowerCase(), decode(a ?? b ?? c ?? '')]))
    const rel = attributes.get('rel')?.toLowerCase() ?? ''
    const wanted = tag.toLowerCase() === 'script' ? attributes.get('src') : tag.toLowerCase() === 'link' && isFile(rel, attributes.get('as')) ? attributes.get('href') : undefined
    const url = wanted === undefined ? null : URL.parse(wanted, base.href)
    if (url && /^https?:$/.test(url.protocol)) files.push(url)
    if (tag.toLowerCase() === 'base') base = URL.parse(attributes.get('href') ?? '', address.href) ?? base
    if (attributes.get('http-equiv')?.toLowerCase() === 'content-security-policy') policies.push(attributes.get('content') ?? '')
  }
  return {
    files: [...new Map(files.map(url => [url.href, url])).values()],
    policies,
    buildId: /\bbuildId:\s*"([\w-]+)"/.exec(html)?.[1] ?? null,
  }
}

function isFile(rel: string, as: string | undefined): boolean {
  return rel === 'modulepreload' || rel === 'stylesheet' || (rel === 'preload' && as === 'script')
}

function decode(text: string): string {
  return text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', '\'')
}

/** A seeded source of nonsense: the same seed makes the same nonsense, so that what fails can be seen again. */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  number: (below: number) => number
  pick: <T>(choices: readonly T[]) => T
  text: () => string
  path: () => string
  query: () => string
  /** JSON, or something that nearly is. */
  body: () => string
  value: (depth: number) => unknown
  bytes: (max: number) => Uint8Array<ArrayBuffer>
}

const WORDS = ['', '0', '-1', '1e309', 'null', '__proto__', 'constructor', 'toString', 'a:b', ':', '::', '\0', '\u2028', '💥', '[', ']', '[]', 'a[', 'a[b', 'a]b', '[[[', '%', '%zz', '%2e%2e', '../..', '#!NGINXNMS!#', '$result[a][b]', '$result[', '\r\n', '{', '"', 'application', 'ping', 'USER_ID', 'x'.repeat(3_000)]

/** @param seed any whole number */
export function createRandom(seed: number): Random {
  let state = seed >>> 0

  // mulberry32
  function next(): number {
    state = (state + 0x6D2B79F5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  const number = (below: number) => Math.floor(next() * below)
  const pick = <T>(choices: readonly T[]): T => choices[number(choices.length)] as T
  const text = () => Array.from({ length: number(4) }, () => pick(WORDS)).join('')

  function value(depth: number): unknown {
    const kind = number(depth > 0 ? 8 : 5)
    if (kind === 0) return null
    if (kind === 1) return next() < 0.5
    if (kind === 2) return pick([0, -0, 1, 2, 3, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER])
    if (kind < 5) return text()
    if (kind < 6) return Array.from({ length: number(4) }, () => value(depth - 1))
    return Object.fromEntries(Array.from({ length: number(4) }, () => [pick([...WORDS, 'body', 'module_id', 'command', 'params', 'userList', 'userId', 'cmd', 'options', 'COMMAND', 'PARAMS', 'MODULE_ID']), value(depth - 1)]))
  }

  function body(): string {
    const json = JSON.stringify(value(4)) ?? 'undefined'
    return next() < 0.3 ? json.slice(0, number(json.length)) + text() : json
  }

  return {
    number,
    pick,
    text,
    path: () => encodeURI(text()).replaceAll('%25', next() < 0.5 ? '%' : '%25').replaceAll(/[?#\r\n]/g, ''),
    query: () => Array.from({ length: number(5) }, () => `${encodeURIComponent(text())}${pick(['[', '[]', '[a]', '[a][b', ''])}=${encodeURIComponent(text())}`).join('&'),
    body,
    value,
    bytes: max => Uint8Array.from({ length: number(max) }, () => number(256)),
  }
}

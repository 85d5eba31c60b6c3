import { parseArgs } from 'node:util'
import type { ArgsDef } from 'citty'
import { UsageError } from './usage-error'

/** What was given, by flag; one value, or several where the flag may be repeated. */
export type Flags<Name extends string = string> = ReadonlyMap<Name, readonly string[]>

/** A command line, taken apart. */
export interface Given {
  flags: Flags
  /** What belongs to no flag, in its order. */
  words: readonly string[]
}

/**
 * Reads a command line by the description of its arguments.
 *
 * By Node's own parser: citty's takes unknown flags for options, and the last of repeated ones for all of them.
 *
 * @throws UsageError for an unknown flag, a flag without its value or given twice, a word that is missing, and one too many
 */
export function readGiven(argv: readonly string[], args: ArgsDef, repeatable: ReadonlySet<string> = new Set()): Given {
  const known = Object.keys(args).filter(name => args[name]!.type !== 'positional')
  const places = Object.entries(args).filter(([, { type }]) => type === 'positional')
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(known.map(name => [name, { type: args[name]!.type === 'boolean' ? 'boolean' : 'string' }])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const flags = new Map<string, string[]>()
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (places.length === 0) throw new UsageError(`"${token.value}" belongs to no flag. Every value follows a flag: --${known[0]} ${token.value}?`)
      if (words.length === places.length) throw new UsageError(`"${token.value}" is one word too many. There may be ${places.map(([name]) => `<${name}>`).join(' ')}; words with spaces stand in quotes.`)
      words.push(token.value)
      continue
    }
    if (token.kind !== 'option') continue
    const { name } = token
    if (!known.includes(name)) throw new UsageError(`There is no flag ${token.rawName}. There are ${[...known, 'help'].map(name => `--${name}`).join(', ')} and --version.`)
    const { type, valueHint } = args[name] as { type: string, valueHint?: string }
    if (type === 'boolean') {
      if (token.value !== undefined) throw new UsageError(`--${name} takes no value: it is on where it is given.`)
      flags.set(name, ['on'])
      continue
    }
    if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) {
      throw new UsageError(`--${name} lacks its value. It is given as --${name} <${valueHint}>.`)
    }
    const values = flags.get(name) ?? []
    if (values.length && !repeatable.has(name)) throw new UsageError(`--${name} was given twice: "${values[0]}" and "${token.value}". It may be given once.`)
    flags.set(name, [...values, token.value])
  }
  const missing = places[words.length]
  if (missing && missing[1].required !== false) throw new UsageError(`<${missing[0]}> is missing. It is ${lower(missing[1].description ?? missing[0])}.`)
  return { flags, words }
}

function lower(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}

import { parseArgs } from 'node:util'
import { PORTAL_ARGS, REPEATABLE } from './commands'
import type { PortalFlag } from './commands'
import { UsageError } from './usage-error'

/** What was given, by flag; one value, or several where the flag may be repeated. */
export type Flags = ReadonlyMap<PortalFlag, readonly string[]>

/**
 * Reads the flags of `portal`.
 *
 * By Node's own parser: citty's takes unknown flags for options, and the last of repeated ones for all of them.
 *
 * @throws UsageError for an unknown flag, a flag without its value or given twice, and a word that belongs to none
 */
export function readFlags(argv: readonly string[]): Flags {
  const known = Object.keys(PORTAL_ARGS)
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(Object.entries(PORTAL_ARGS).map(([name, { type }]) => [name, { type }])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const flags = new Map<PortalFlag, string[]>()
  for (const token of tokens) {
    if (token.kind === 'positional') throw new UsageError(`"${token.value}" belongs to no flag. Every value follows a flag: --app ${token.value}?`)
    if (token.kind !== 'option') continue
    if (!known.includes(token.name)) throw new UsageError(`There is no flag ${token.rawName}. There are ${known.map(name => `--${name}`).join(', ')}, --help and --version.`)
    const name = token.name as PortalFlag
    const arg: { type: string, valueHint?: string } = PORTAL_ARGS[name]
    if (arg.type === 'boolean') {
      if (token.value !== undefined) throw new UsageError(`--${name} takes no value: it is on where it is given.`)
      flags.set(name, ['on'])
      continue
    }
    if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) {
      throw new UsageError(`--${name} lacks its value. It is given as --${name} <${arg.valueHint}>.`)
    }
    const values = flags.get(name) ?? []
    if (values.length && !REPEATABLE.has(name)) throw new UsageError(`--${name} was given twice: "${values[0]}" and "${token.value}". It may be given once.`)
    flags.set(name, [...values, token.value])
  }
  return flags
}

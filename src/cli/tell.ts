import type { Flags } from './read-given'
import type { CliSurroundings } from './surroundings'

/** The flag of whatever tells a result. */
export const JSON_FLAG = { type: 'boolean', description: 'Prints JSON, one object a line' } as const

/** Tells a result: as one line of JSON with `--json`, else in words. */
export type Tell = (result: object, inWords: string | readonly string[]) => void

/** @param flags that were given @param out where it is told */
export function createTell(flags: Flags, out: CliSurroundings['out']): Tell {
  return (result, inWords) => {
    if (flags.has('json')) out(JSON.stringify(result))
    else for (const line of [inWords].flat()) out(line)
  }
}

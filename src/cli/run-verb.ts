import type { Control } from './control'
import { createControl } from './control'
import { findPortal } from './find-portal'
import { readGiven } from './read-flags'
import type { CliSurroundings } from './surroundings'
import type { Verb } from './verbs/verb'

/** Runs a verb. @returns exit code. @throws CliError */
export async function runVerb(verb: Verb, argv: readonly string[], surroundings: CliSurroundings): Promise<number> {
  const given = readGiven(argv, verb.args, new Set(verb.repeatable))
  const all = (flag: string) => given.flags.get(flag) ?? []
  const one = (flag: string) => all(flag)[0]
  let control: Control | undefined
  return verb.run({
    given,
    all,
    one,
    portal: () => control ??= createControl(findPortal(one('portal'), surroundings)),
    tell(result, inWords) {
      if (one('json') !== undefined) surroundings.out(JSON.stringify(result))
      else for (const line of [inWords].flat()) surroundings.out(line)
    },
    surroundings,
  })
}

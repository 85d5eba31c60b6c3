import type { Control } from './control'
import { createControl } from './control'
import { findPortal } from './find-portal'
import { readGiven } from './read-given'
import type { CliSurroundings } from './surroundings'
import { createTell } from './tell'
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
    tell: createTell(given.flags, surroundings.out),
    surroundings,
  })
}

import { emit } from './emit'
import { eventFire } from './event-fire'
import { eventList } from './event-list'
import { faultList, faultOff, faultOn } from './fault'
import { log } from './log'
import { rest } from './rest'
import { users } from './users'
import type { Verb } from './verb'
import { wait } from './wait'

/** All verbs, in the order of the help. */
export const VERBS: readonly Verb[] = [emit, faultOn, faultOff, faultList, users, log, wait, rest, eventFire, eventList]

/** The verb that a command line begins with, and how many words it takes; null = none. */
export function verbOf(argv: readonly string[]): { verb: Verb, words: number } | null {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(' ')
    const verb = VERBS.find(known => known.name === name)
    if (verb) return { verb, words: name.split(' ').length }
  }
  return null
}

/** Second words after a first one that is no verb by itself, such as on and off after fault. */
export function secondWords(first: string): string[] {
  return VERBS.map(({ name }) => name.split(' ')).filter(([word, second]) => word === first && second !== undefined).map(([, second]) => second!)
}

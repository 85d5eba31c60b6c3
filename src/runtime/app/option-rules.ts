import { inWords } from '../utils/in-words'
import { MODULE_PATTERN } from '../utils/name-patterns'
import type { PullAppOptions } from './app-options'

/** What an option may be. */
export interface OptionRule {
  /** In words, after "It may be". */
  may: string
  isRight: (given: unknown) => boolean
  /** For a list: what each item has to be. */
  isRightItem?: (given: unknown) => boolean
}

const isName = (given: unknown): boolean => typeof given === 'string' && given.trim() !== ''
const isBoolean = (given: unknown): boolean => typeof given === 'boolean'
const levels = ['silent', 'error', 'warn', 'info', 'debug']

/** The options that an app may give with Nuxt or without. */
export const appOptionRules: Readonly<Record<keyof PullAppOptions, OptionRule>> = {
  autoStart: { may: 'true or false', isRight: isBoolean },
  prefix: { may: 'a text that is not empty', isRight: isName },
  modules: {
    may: 'a list of module ids, for example [\'application\', \'crm\']',
    isRight: Array.isArray,
    isRightItem: given => typeof given === 'string' && MODULE_PATTERN.test(given.toLowerCase()),
  },
  history: { may: 'a whole number from 0 to 100000', isRight: given => Number.isInteger(given) && given as number >= 0 && given as number <= 100_000 },
  resumeLimit: { may: 'a number of ms, 0 or more', isRight: given => Number.isFinite(given) && given as number >= 0 },
  share: { may: 'true or false', isRight: isBoolean },
  logLevel: { may: levels.map(word => `'${word}'`).join(', '), isRight: given => levels.includes(given as string) },
}

/**
 * All that is wrong with options, a sentence for each.
 *
 * @param given options, with their defaults
 * @param rules what each may be; there are no others
 * @param root what stands before a name, for example `b24Pull.`
 */
export function findOptionProblems(given: Readonly<Record<string, unknown>>, rules: Readonly<Record<string, OptionRule>>, root: string): string[] {
  return [...new Set([...Object.keys(rules), ...Object.keys(given)])].flatMap((name) => {
    if (!Object.hasOwn(rules, name)) return [`The option \`${root}${name}\` does not exist. It may be one of: ${Object.keys(rules).join(', ')}.`]
    const { may, isRight, isRightItem } = rules[name]!
    const wrong = (at: string, was: unknown) => `The option \`${root}${at}\` was ${inWords(was)}. It may be ${may}.`
    const value = given[name]
    if (!isRight(value)) return [wrong(name, value)]
    return isRightItem ? (value as unknown[]).flatMap((item, i) => isRightItem(item) ? [] : [wrong(`${name}.${i}`, item)]) : []
  })
}

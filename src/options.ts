import type { PortalOptions } from './portal'
import { defaultAppOptions } from './runtime/app/app-options'
import type { PullAppOptions } from './runtime/app/app-options'
import { appOptionRules, findOptionProblems } from './runtime/app/option-rules'
import type { OptionRule } from './runtime/app/option-rules'
import { isRecord } from './runtime/utils/is-record'

/** Options of the module, under `b24Pull` in `nuxt.config`. */
export interface ModuleOptions extends PullAppOptions {
  /**
   * Path of a file of schemas, by module and command, as its default export: types and validation from one source.
   * @default undefined
   */
  commands?: string
  /**
   * In development only: `true`, or options of the dev portal, start it beside `nuxt dev`.
   * @default false
   */
  portal: boolean | Omit<PortalOptions, 'app'>
}

const { modules: defaultModules, ...otherDefaults } = defaultAppOptions

/** The options of an app, over the defaults that Nuxt merges in. */
export type GivenOptions = Omit<ModuleOptions, 'modules'> & Partial<Pick<ModuleOptions, 'modules'>>

/** Every default but that of `modules`: Nuxt would join the list to the app's own, which could then not be narrowed. */
export const mergedDefaults: GivenOptions = { ...otherDefaults, portal: false }

const rules: Readonly<Record<keyof ModuleOptions, OptionRule>> = {
  ...appOptionRules,
  commands: {
    may: 'the path of a file, for example \'~/pull.commands.ts\'',
    isRight: given => given === undefined || (typeof given === 'string' && given !== ''),
  },
  // Its fields: checkPortalOption().
  portal: { may: 'true, false, or an object of options of the dev portal', isRight: given => typeof given === 'boolean' || isRecord(given) },
}

/**
 * Checks the options, and fills in what Nuxt's merge leaves open.
 *
 * @throws Error that names every wrong option, what it was, and what it may be
 *
 * @example
 * ```ts
 * resolveOptions({ ...mergedDefaults, history: 10 })
 * ```
 */
export function resolveOptions(given: GivenOptions): ModuleOptions {
  const options = { ...given, modules: given.modules ?? defaultModules }
  const problems = findOptionProblems(options, rules, 'b24Pull.')
  if (problems.length) throw new Error(`[nuxt-b24-pull] ${problems.join('\n')}`)
  return { ...options, modules: [...new Set(options.modules.map(module => module.toLowerCase()))] }
}

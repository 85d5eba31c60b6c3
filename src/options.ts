import * as v from 'valibot'
import { inWords } from './in-words'
import type { PortalOptions } from './portal'
import { defaultAppOptions, type PullAppOptions } from './runtime/app/app-options'
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

/** With every default. */
export const defaultOptions: ModuleOptions = {
  ...defaultAppOptions,
  portal: false,
}

const bool = 'true or false'
const name = 'a text that is not empty'
const modules = 'a list of module ids, for example [\'application\', \'crm\']'
const count = 'a whole number from 0 to 100000'
const duration = 'a number of ms, 0 or more'
const levels = ['silent', 'error', 'warn', 'info', 'debug'] as const
const level = levels.map(word => `'${word}'`).join(', ')
const path = 'the path of a file, for example \'~/pull.commands.ts\''
const portal = 'true, false, or an object of options of the dev portal'

/** One rule for each option; its message says what the option may be. */
type Rules = { [Option in keyof Required<ModuleOptions>]: v.GenericSchema<ModuleOptions[Option]> }

const rules = {
  autoStart: v.boolean(bool),
  prefix: v.pipe(v.string(name), v.nonEmpty(name)),
  modules: v.array(v.pipe(v.string(modules), v.nonEmpty(modules)), modules),
  history: v.pipe(v.number(count), v.integer(count), v.minValue(0, count), v.maxValue(100_000, count)),
  resumeLimit: v.pipe(v.number(duration), v.finite(duration), v.minValue(0, duration)),
  share: v.boolean(bool),
  logLevel: v.picklist(levels, level),
  commands: v.optional(v.pipe(v.string(path), v.nonEmpty(path))),
  // Its fields: checkPortalOption().
  portal: v.custom<ModuleOptions['portal']>(value => typeof value === 'boolean' || isRecord(value), portal),
} satisfies Rules

const schema = v.strictObject(rules)

/**
 * Checks the options, which have their defaults already.
 *
 * @throws Error that names the option, what it was, and what it may be
 *
 * @example
 * ```ts
 * resolveOptions({ ...defaultOptions, history: 10 })
 * ```
 */
export function resolveOptions(options: ModuleOptions): ModuleOptions {
  const result = v.safeParse(schema, options)
  if (result.success) return { ...result.output, modules: [...new Set(result.output.modules.map(module => module.toLowerCase()))] }
  const [issue] = result.issues
  const option = v.getDotPath(issue) ?? ''
  const root = String(issue.path?.[0].key)
  if (!Object.hasOwn(schema.entries, root)) {
    throw new Error(`[nuxt-b24-pull] The option \`b24Pull.${option}\` does not exist. It may be one of: ${Object.keys(schema.entries).join(', ')}.`)
  }
  throw new Error(`[nuxt-b24-pull] The option \`b24Pull.${option}\` was ${inWords(issue.input)}. It may be ${issue.message}.`)
}

import * as v from 'valibot'
import { inWords } from '../runtime/utils/in-words'
import { withoutUndefined } from '../runtime/utils/without-undefined'
import type { ServerMode, ServerSettings, ServerVersion, Transport } from './server-settings'
import type { PlacementChoice } from './types'
import { PortalError } from './errors'
import { EVENT_SCOPES } from './events/known-events'
import { faultOptionsSchema } from './faults/settings'
import type { PortalOptions, ResolvedPortalOptions } from './option-types'
import { plainObject } from './plain-object'
import { readIssue } from './read-issue'
import type { PortalLimits } from './rest/limits'
import { CLOUD_LIMITS } from './rest/limits'
import type { RestHandler } from './rest/types'
import { randomHex } from './security/random'

function wholeNumber(min: number, max: number) {
  const may = `a whole number from ${min} to ${max}`
  return v.pipe(v.number(may), v.integer(may), v.minValue(min, may), v.maxValue(max, may))
}

/** An object of these fields and no others: of one that is unknown, the message names those that are known. */
function fields<const Entries extends v.ObjectEntries>(entries: Entries, may: string) {
  const known = Object.keys(entries).join(', ')
  return v.strictObject(entries, issue => issue.expected === 'never' ? known : may)
}

const text = v.pipe(v.string('a text'), v.nonEmpty('a text that is not empty'))
/** Of the app: a whole one, or from the app's own on. */
const address = v.pipe(text, v.check(given => isHttpAddress(URL.parse(given, 'http://localhost')?.href ?? ''), 'an address such as \'/install\''))
const record = plainObject('an object')

const restMethods = v.record(v.string(), v.custom<RestHandler>(value => typeof value === 'function', 'a function (params, { user }) => result'), 'an object of functions, or the path of a file that exports one')
const limitFields = fields({
  burst: v.optional(wholeNumber(1, 1_000_000)),
  perSecond: v.optional(v.pipe(v.number('a number over 0'), v.gtValue(0, 'a number over 0'))),
  operatingSeconds: v.optional(v.pipe(v.number('a number over 0'), v.gtValue(0, 'a number over 0'))),
}, 'true, false, or an object of limits')

const entries = {
  appName: v.optional(v.string('a text'), 'App'),
  port: v.optional(wholeNumber(0, 65_535), 0),
  method: v.optional(v.picklist(['post', 'get'], '\'post\' or \'get\''), 'post'),
  users: v.optional(v.pipe(
    v.array(v.pipe(
      fields({
        id: wholeNumber(1, 1_000_000_000),
        name: v.optional(text, 'User'),
        lastName: v.optional(text),
        isAdmin: v.optional(v.boolean('true or false'), false),
      }, 'an object with an `id`'),
      v.transform(user => ({ ...user, lastName: user.lastName ?? String(user.id) })),
    ), 'a list of users'),
    v.nonEmpty('a list of one user or more'),
    v.check(users => new Set(users.map(user => user.id)).size === users.length, 'a list in which every `id` stands once'),
  ), () => [
    { id: 1, name: 'Ada', lastName: 'Admin', isAdmin: true },
    { id: 2, name: 'Emil', lastName: 'Employee', isAdmin: false },
    { id: 3, name: 'Eva', lastName: 'Employee', isAdmin: false },
  ]),
  server: v.optional(v.pipe(fields({
    version: v.optional(v.picklist([5, 4, 3] satisfies ServerVersion[], '5, 4 or 3'), 4),
    transport: v.optional(v.picklist(['websocket', 'long-polling'] satisfies Transport[], '\'websocket\' or \'long-polling\''), 'websocket'),
    mode: v.optional(v.picklist(['personal', 'shared'] satisfies ServerMode[], '\'personal\' or \'shared\'')),
    history: v.optional(wholeNumber(0, 100_000), 1_000),
  }, 'an object'), v.forward(
    v.check(({ version, mode }) => mode !== 'shared' || version === 4, '\'personal\': a shared push server is always of version 4'),
    ['mode'],
  ), v.transform((server): ServerSettings => ({ ...server, mode: server.mode ?? (server.version === 4 ? 'shared' : 'personal') }))), {}),
  placements: v.optional(v.array(v.pipe(
    fields({ placement: text, title: v.optional(text), options: v.optional(record, () => ({})), handler: v.optional(address) }, 'an object with a `placement`'),
    v.transform(({ placement, title, options, handler }): PlacementChoice => ({ placement, title: title ?? placement, options, handler: handler ?? null })),
  ), 'a list of placements'), () => [
    { placement: 'CRM_DEAL_DETAIL_TAB', title: 'Tab of deal 42', options: { ID: '42' } as Record<string, unknown> },
    { placement: 'LEFT_MENU', title: 'Page of the left menu', options: {} as Record<string, unknown> },
  ]),
  rest: v.optional(v.lazy<v.GenericSchema<Record<string, RestHandler> | string>>(input => typeof input === 'string' ? text : restMethods), {}),
  faults: v.optional(faultOptionsSchema, {}),
  scope: v.optional(v.array(text, 'a list of scopes'), () => [...new Set(['pull', 'user', 'crm', 'placement', 'userfieldconfig', 'task', 'entity', 'im', ...EVENT_SCOPES])]),
  appOptions: v.optional(record, () => ({})),
  applicationToken: v.optional(text, () => randomHex()),
  clientId: v.optional(text, 'local.dev-portal'),
  clientSecret: v.optional(text, 'dev-portal-secret'),
  install: v.optional(v.boolean('true or false'), false),
  installUrl: v.nullish(address, null),
  installCallback: v.nullish(address, null),
  limits: v.pipe(
    v.optional(v.lazy<v.GenericSchema<boolean | Partial<PortalLimits>>>(input => typeof input === 'boolean' ? v.boolean() : limitFields), true),
    v.transform((limits): PortalLimits | null => limits === false ? null : { ...CLOUD_LIMITS, ...(limits === true ? {} : withoutUndefined(limits)) }),
  ),
  lang: v.optional(text, 'en'),
  tokenLifetime: v.optional(wholeNumber(1, 86_400), 3_600),
  pingInterval: v.optional(wholeNumber(10, 3_600_000), 15_000),
  pollTimeout: v.optional(wholeNumber(10, 50_000), 40_000),
  record: v.nullish(text, null),
  recording: v.pipe(
    v.nullish(v.lazy<v.GenericSchema<string | { file: string, speed?: number | 'step' }>>(input => typeof input === 'string'
      ? text
      : fields({ file: text, speed: v.optional(v.union([v.pipe(v.number(), v.gtValue(0)), v.literal('step')], 'a number over 0, or \'step\'')) }, 'the path of a recording, or an object with it as `file`')), null),
    v.transform(given => given === null ? null : { speed: 1, ...(typeof given === 'string' ? { file: given } : withoutUndefined(given)) }),
  ),
  onProblem: v.optional(v.custom<(line: string) => void>(value => typeof value === 'function', 'a function (line) => void'), () => () => {}),
}

const schema = fields({
  app: v.pipe(
    v.string('an address such as \'http://localhost:3000\''),
    v.check(isHttpAddress, 'an address such as \'http://localhost:3000\''),
    v.transform(address => new URL(address)),
  ),
  ...entries,
}, 'an object with at least `app`')

/** Beside `nuxt dev`, where the app's address is known. */
const schemaWithoutApp = fields(entries, 'an object of options')

/** What is wrong with an option. */
export interface OptionProblem {
  /** Path of the option, such as `server.version`; `null` = all of them together. */
  name: string | null
  kind: 'missing' | 'unknown' | 'wrong'
  /** What it was, as JSON where that is possible. */
  was: string
  /** What it may be; of an unknown one, the names that are known in its place. */
  may: string
}

/** The first option that is wrong; `app` is not among them here, the caller knows it. */
export function findOptionProblem(optionsWithoutApp: unknown): OptionProblem | null {
  const result = v.safeParse(schemaWithoutApp, optionsWithoutApp)
  return result.success ? null : toProblem(result.issues[0])
}

/**
 * Checks the options of a dev portal and fills in the defaults.
 *
 * @param options as {@link createPortal} takes them
 * @throws PortalError `PORTAL_BAD_OPTION`, naming the option, what it was and what it may be
 * @example
 * ```ts
 * import { resolvePortalOptions } from 'nuxt-b24-pull/portal'
 *
 * const { server } = resolvePortalOptions({ app: 'http://localhost:3000', server: { version: 4 } })
 * ```
 */
export function resolvePortalOptions(options: PortalOptions): ResolvedPortalOptions {
  const result = v.safeParse(schema, options)
  if (result.success) return result.output
  const { name, kind, was, may } = toProblem(result.issues[0])
  const option = `Option ${name === null ? '' : `\`${name}\` `}of the dev portal`
  throw new PortalError('PORTAL_BAD_OPTION', { ...{
    missing: {
      what: `${option} is missing.`,
      why: 'It has no default.',
      fix: name === 'app' ? 'Set it to the address of the app, such as \'http://localhost:3000\'.' : 'Set it where the portal is started.',
    },
    unknown: {
      what: `${option} is unknown.`,
      why: `Known in its place are ${may}.`,
      fix: 'Look for a misspelling, or leave it out.',
    },
    wrong: {
      what: `${option} is ${was}.`,
      why: `It may be ${may}.`,
      fix: 'Change it where the portal is started.',
    },
  }[kind], field: name ?? undefined })
}

function toProblem(issue: v.BaseIssue<unknown>): OptionProblem {
  const { path: name, kind } = readIssue(issue)
  return { name, kind: name === null && kind === 'missing' ? 'wrong' : kind, was: inWords(issue.input), may: issue.message }
}

function isHttpAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
}

import * as v from 'valibot'
import { COMMAND_PATTERN, MODULE_PATTERN } from '../../runtime/utils/name-patterns'
import { FAULT_NAMES } from '../faults/definitions'
import { plainObject } from '../plain-object'
import { readIssue } from '../read-issue'
import type { ControlFailure, FieldError } from '../types'

/** What the control API turns away; `failure` is the body of the answer. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly status: number
  readonly failure: ControlFailure

  constructor(code: string, message: string, fields: FieldError[] = [], status = 400) {
    super(message)
    this.status = status
    this.failure = { code, message, fields }
  }
}

const text = v.pipe(v.string('must be a text'), v.nonEmpty('must not be empty'))
const userId = v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(1, 'must be 1 or more'))
const record = plainObject('must be a JSON object')
const pick = <const T extends readonly (string | number)[]>(options: T) => v.picklist(options, `must be ${options.join(', ')}`)
const body = <T extends v.ObjectEntries>(entries: T) => v.strictObject(entries, 'must be a JSON object')

/** Schemas of what the page may send, by route. */
export const requestSchemas = {
  emit: body({
    module: v.pipe(text, v.regex(MODULE_PATTERN, 'may hold small letters, digits, dots and underscores')),
    command: v.pipe(text, v.regex(COMMAND_PATTERN, 'may hold letters, digits, _ : | . and -')),
    params: v.optional(record),
    userId: v.optional(v.union([userId, v.pipe(v.array(userId), v.nonEmpty('must name a user'))], 'must be the id of a user, or a list of them')),
  }),
  bridge: body({ frameId: text, data: v.unknown() }),
  openFrame: body({
    userId: v.optional(userId),
    placement: v.optional(text),
    placementOptions: v.optional(record),
    isSlider: v.optional(v.boolean('must be true or false')),
    title: v.optional(text),
    isApart: v.optional(v.boolean('must be true or false')),
    handler: v.optional(v.pipe(text, v.check(address => /^https?:$/.test(URL.parse(address)?.protocol ?? ''), 'must be an http or https address'))),
  }),
  frame: body({ frameId: text }),
  frameEvent: body({ frameId: text, event: text, params: v.optional(record) }),
  user: body({ userId }),
  userOnline: body({ userId, online: v.boolean('must be true or false') }),
  faultOn: body({
    name: pick(FAULT_NAMES),
    settings: v.optional(v.record(v.string(), v.union([v.string(), v.number()], 'must be a text or a number'), 'must be a JSON object')),
  }),
  faultOff: body({ name: pick(FAULT_NAMES) }),
  server: body({
    version: v.optional(pick([5, 4, 3])),
    transport: v.optional(pick(['websocket', 'long-polling'])),
    mode: v.optional(pick(['personal', 'shared'])),
    history: v.optional(v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(0, 'must be 0 or more'), v.maxValue(100_000, 'must be 100000 or less'))),
  }),
  fireEvent: body({ event: v.pipe(text, v.regex(/^[\w.]+$/, 'may hold letters, digits, dots and underscores')), data: v.optional(record) }),
  rawFrames: body({ on: v.boolean('must be true or false') }),
  freeze: body({ connectionId: text, on: v.boolean('must be true or false') }),
  restCall: body({ method: text, params: v.optional(record), userId: v.optional(userId) }),
  wait: body({
    what: pick(['connection', 'request', 'log']),
    match: v.optional(v.union([text, v.number()], 'must be a text or a number')),
    timeout: v.optional(v.pipe(v.number('must be a number'), v.minValue(1, 'must be 1 or more'), v.maxValue(86_400_000, 'must be 86400000 or less'))),
    fresh: v.optional(v.boolean('must be true or false')),
  }),
  dialogAnswer: body({ dialogId: text, chosen: v.nullable(v.array(text, 'must be a list of ids, or null')) }),
  hold: body({ module: text, command: text, on: v.boolean('must be true or false') }),
  release: body({ id: v.number('must be a number'), params: v.optional(record) }),
  nothing: body({}),
}

/**
 * Checks a request of the page.
 *
 * @throws ControlError with every field that is wrong
 */
export function validate<Schema extends v.GenericSchema>(schema: Schema, input: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input, { abortPipeEarly: true })
  if (result.success) return result.output
  const fields = result.issues.map((issue) => {
    const { path, kind } = readIssue(issue)
    return { field: path ?? '', message: kind === 'wrong' ? issue.message : `is ${kind}` }
  })
  const summary = fields.map(({ field, message }) => `${field || 'The body'} ${message}`).join('; ')
  throw new ControlError('BAD_REQUEST', `${summary}. Nothing was done.`, fields)
}

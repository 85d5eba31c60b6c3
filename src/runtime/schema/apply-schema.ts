import type { SchemaIssue, SchemaResult, StandardSchemaV1 } from '../types'
import { PullError } from '../utils/errors'
import type { PullErrorDetails, PullIssue } from '../utils/errors'
import { failedBy } from '../utils/failed-by'
import { maskSecrets } from '../utils/mask-secrets'

/** A command's params on their way in or out, as its errors name them. */
export interface Checked {
  module: string
  command: string
  params: unknown
}

/** The words of an error that depend on the direction. */
export type Consequence = Pick<PullErrorDetails, 'why' | 'fix'>

/** Issues named in an error's sentence; all of them are in its `issues`. */
const NAMED_ISSUES = 3

/**
 * What a schema makes of params; a promise only where the schema answers with one.
 *
 * @throws PullError `SCHEMA_MISMATCH` with the issues, `SCHEMA_FAILED` where the schema itself threw
 */
export function applySchema(schema: StandardSchemaV1, checked: Checked, consequence: Consequence): unknown {
  const judge = (result: SchemaResult<unknown>): unknown => {
    if (result.issues) throw mismatch(checked, [...result.issues].map(toIssue), consequence)
    return result.value
  }
  const fail = (cause: unknown): never => {
    throw schemaFailed(checked, cause)
  }
  const result = attempt(() => schema['~standard'].validate(checked.params), fail)
  return result instanceof Promise ? result.catch(fail).then(judge) : judge(result)
}

function attempt<T>(run: () => T, fail: (cause: unknown) => never): T {
  try {
    return run()
  }
  catch (cause) {
    return fail(cause)
  }
}

function mismatch({ module, command }: Checked, issues: readonly PullIssue[], consequence: Consequence): PullError {
  const named = issues.slice(0, NAMED_ISSUES).map(describeIssue)
  if (issues.length > NAMED_ISSUES) named.push(`${issues.length - NAMED_ISSUES} more`)
  return new PullError({
    code: 'SCHEMA_MISMATCH',
    message: `The params of '${module}' / '${command}' do not match their schema: ${named.join('; ')}.`,
    ...consequence,
    issues,
  })
}

/** Only what the specification says: issues of some libraries hold the whole value, and themselves. */
function toIssue({ message, path }: SchemaIssue): PullIssue {
  return { message: maskSecrets(message), path: Array.from(path ?? [], step => typeof step === 'object' ? step.key : step) }
}

function describeIssue({ path, message }: PullIssue): string {
  const text = message.replace(/\.$/, '')
  return path.length ? `${path.map(String).join('.')}: ${text}` : text
}

const schemaFailed = ({ module, command }: Checked, cause: unknown): PullError => failedBy(cause, {
  code: 'SCHEMA_FAILED',
  what: `The schema of '${module}' / '${command}'`,
  why: 'It threw or rejected instead of answering with issues, or it is no Standard Schema validator.',
  fix: 'See `cause` for the error of the schema itself; a validator reports what does not match as issues.',
})

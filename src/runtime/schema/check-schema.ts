import { argumentError } from '../utils/argument-error'

/**
 * Development only: a validator that is none is told where it is given, and not with the first message.
 *
 * @throws PullError `ARGUMENT_ERROR`
 */
export function checkSchema(what: string, schema: unknown): void {
  const { '~standard': standard } = Object(schema ?? {}) as { '~standard'?: { validate?: unknown } }
  if (typeof standard?.validate !== 'function') throw argumentError(what, schema, 'a validator that follows Standard Schema')
}

import type { PullCommandSchemas, StandardSchemaV1 } from '../types'
import { argumentError } from '../utils/argument-error'
import { isRecord } from '../utils/is-record'
import { checkSchema } from './check-schema'

/** The schema of a command, where the app's file of schemas has one. */
export type SchemaLookup = (module: string, command: string) => StandardSchemaV1 | undefined

/**
 * Makes the file of schemas answer by names from the wire, which are keys of a Map and nothing else.
 *
 * @param schemas by module id (compared in lower case) and command
 * @throws PullError `ARGUMENT_ERROR`, in development, for what is no schema
 */
export function createSchemaLookup(schemas: PullCommandSchemas): SchemaLookup {
  if (process.env.NODE_ENV !== 'production') checkSchemas(schemas)
  const modules = new Map(Object.entries(schemas).map(([module, commands]) => [module.toLowerCase(), new Map(Object.entries(commands))]))
  return (module, command) => modules.get(module.toLowerCase())?.get(command)
}

function checkSchemas(schemas: unknown): void {
  if (!isRecord(schemas)) throw argumentError('The file of schemas', schemas, 'an object of schemas by module id and command')
  for (const [module, commands] of Object.entries(schemas)) {
    if (!isRecord(commands)) throw argumentError(`In the file of schemas '${module}'`, commands, 'an object of schemas by command')
    for (const [command, schema] of Object.entries(commands)) checkSchema(`The schema of '${module}' / '${command}'`, schema)
  }
}

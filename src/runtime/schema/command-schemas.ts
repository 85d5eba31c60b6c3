import type { PullCommandSchemas, StandardSchemaV1 } from '../types'

/** The schema of a command, where the app's file of schemas has one. */
export type SchemaLookup = (module: string, command: string) => StandardSchemaV1 | undefined

/**
 * Makes the file of schemas answer by names from the wire, which are keys of a Map and nothing else.
 *
 * @param schemas by module id (compared in lower case) and command
 */
export function createSchemaLookup(schemas: PullCommandSchemas): SchemaLookup {
  const modules = new Map(Object.entries(schemas).map(([module, commands]) => [module.toLowerCase(), new Map(Object.entries(commands))]))
  return (module, command) => modules.get(module.toLowerCase())?.get(command)
}

import type { ArgsDef } from 'citty'
import type { Control } from '../control'
import type { Given } from '../read-given'
import type { CliSurroundings } from '../surroundings'
import type { Tell } from '../tell'
import { JSON_FLAG } from '../tell'

/** What a verb has at hand. */
export interface VerbContext {
  given: Given
  /** The first value of a flag. */
  one: (flag: string) => string | undefined
  /** Every value of a flag. */
  all: (flag: string) => readonly string[]
  /** The portal that is meant; looked for at the first call. @throws CliError exit code 3 */
  portal: () => Control
  /** Tells the result. */
  tell: Tell
  surroundings: CliSurroundings
}

/** Something that the command can do, such as `fault on`. */
export interface Verb {
  /** One word, or two. */
  name: string
  description: string
  args: ArgsDef
  /** Flags that make a list. */
  repeatable?: readonly string[]
  /** @returns exit code */
  run: (context: VerbContext) => Promise<number>
}

/** Flags of every verb that talks to a portal. */
export const TALKING = {
  portal: { type: 'string', valueHint: 'address', description: 'The portal that is meant (the one that runs for this folder, or the only one)' },
  json: JSON_FLAG,
} as const satisfies ArgsDef

/** Where params can be given. */
export const SET = { type: 'string', valueHint: 'path=value', description: 'A value by its path, such as FIELDS.ID=42; may be repeated' } as const

import type { ArgsDef } from 'citty'
import { JSON_FLAG } from '../tell'

const SPEC = { type: 'string', valueHint: 'spec', description: 'What package.json names for nuxt-b24-pull, such as file:../nuxt-b24-pull.tgz (this version)' } as const
const NO_INSTALL = { type: 'boolean', description: 'Writes files only' } as const

/** Flags of `create`. */
export const CREATE_ARGS = {
  'folder': { type: 'positional', description: 'A folder that is not there yet, or is empty' },
  'package': SPEC,
  'no-install': NO_INSTALL,
  'json': JSON_FLAG,
} as const satisfies ArgsDef

/** Flags of `init`. */
export const INIT_ARGS = {
  'dry-run': { type: 'boolean', description: 'Shows what would change, and changes nothing' },
  'package': SPEC,
  'no-install': NO_INSTALL,
  'json': JSON_FLAG,
} as const satisfies ArgsDef

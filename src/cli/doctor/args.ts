import type { ArgsDef } from 'citty'
import { JSON_FLAG } from '../tell'

/** Flags of `doctor`. */
export const DOCTOR_ARGS = {
  'address': { type: 'positional', required: false, description: 'Address of a deployed app; without it the project in this folder is looked at' },
  'domain': { type: 'string', valueHint: 'domain', description: 'The portal that is to open it, such as company.bitrix24.com (any of the cloud\'s)' },
  'no-browser': { type: 'boolean', description: 'Opens it in no Chromium, though there may be one' },
  'json': JSON_FLAG,
} as const satisfies ArgsDef

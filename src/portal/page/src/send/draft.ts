import { COMMAND_PATTERN, MODULE_PATTERN } from '../../../../runtime/utils/name-patterns'
import type { EmitRequest } from '../../../types'
import { readObject } from '../shared/json-object'

/** A message as it is being written: `params` is the text of the field. */
export interface Draft {
  module: string
  command: string
  params: string
  /** Ids of users; none = every user of the app. */
  receivers: number[]
}

export type DraftField = 'module' | 'command' | 'params' | 'userId'
export type DraftErrors = Partial<Record<DraftField, string>>

export type DraftOutcome = { request: EmitRequest, errors: null } | { request: null, errors: DraftErrors }

/** Checks a draft by the platform's own rules, before anything is sent. */
export function checkDraft(draft: Draft): DraftOutcome {
  const errors: DraftErrors = {}
  if (!MODULE_PATTERN.test(draft.module)) errors.module = draft.module ? 'Small letters, digits, “.” and “_” only.' : 'A module is needed.'
  if (!COMMAND_PATTERN.test(draft.command)) errors.command = draft.command ? 'Letters, digits and “_ : | . -” only.' : 'A command is needed.'
  const params = readObject(draft.params)
  if (typeof params === 'string') errors.params = params
  if (typeof params === 'string' || errors.module || errors.command) return { request: null, errors }

  const { module, command, receivers } = draft
  return { request: { module, command, params, ...(receivers.length ? { userId: receivers } : {}) }, errors: null }
}

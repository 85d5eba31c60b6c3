import type { B24OAuthParams } from '@bitrix24/b24jssdk'
import { objectIdOf, toId } from './object-id'
import { formError, parsePhpForm } from './php-form'
import type { PhpValue } from './php-form'
import { toTokens } from './to-tokens'
import type { B24Event } from './types'

/** What a form says, before anybody knows whether to believe it. */
export interface ClaimedEvent extends Omit<B24Event, 'b24'> {
  readonly applicationToken: string
  readonly tokens: B24OAuthParams | null
}

/** @throws PullError `FORM_ERROR` where it is no event */
export function parseEvent(formText: string): ClaimedEvent {
  const form = parsePhpForm(formText)
  const auth = toRecord(form.auth)
  const data = toRecord(form.data)
  if (typeof form.event !== 'string' || !/^\w{1,200}$/.test(form.event)) throw formError('The form names no event.')
  if (!form.auth) throw formError('The form has no `auth`.')
  return {
    name: form.event.toUpperCase(),
    data,
    id: objectIdOf(data),
    at: (Number(form.ts) || 0) * 1_000,
    memberId: toText(auth.member_id),
    userId: toId(auth.user_id),
    applicationToken: toText(auth.application_token),
    tokens: toTokens(auth),
  }
}

const toText = (value: PhpValue | undefined): string => typeof value === 'string' ? value : ''

function toRecord(value: PhpValue | undefined): Record<string, PhpValue> {
  return typeof value === 'object' && !Array.isArray(value) ? value : {}
}

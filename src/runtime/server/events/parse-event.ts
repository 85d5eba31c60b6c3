import type { B24OAuthParams } from '@bitrix24/b24jssdk'
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
    id: idOf(data),
    at: (Number(form.ts) || 0) * 1_000,
    memberId: toText(auth.member_id),
    userId: toId(auth.user_id),
    applicationToken: toText(auth.application_token),
    tokens: toTokens(auth),
  }
}

/** CRM says `FIELDS`; tasks say what was before and after. */
function idOf(data: Record<string, PhpValue>): number | null {
  for (const name of ['FIELDS', 'FIELDS_AFTER', 'FIELDS_BEFORE']) {
    const id = toId(toRecord(data[name]).ID)
    if (id !== null) return id
  }
  return null
}

function toId(value: PhpValue | undefined): number | null {
  const id = typeof value === 'string' ? Number(value) : 0
  return Number.isSafeInteger(id) && id > 0 ? id : null
}

const toText = (value: PhpValue | undefined): string => typeof value === 'string' ? value : ''

function toRecord(value: PhpValue | undefined): Record<string, PhpValue> {
  return typeof value === 'object' && !Array.isArray(value) ? value : {}
}

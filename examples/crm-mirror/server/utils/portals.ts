import { B24OAuth } from '@bitrix24/b24jssdk'
import type { B24OAuthParams } from '@bitrix24/b24jssdk'

/** What is kept of a portal that has the app, by its `member_id`: in files below `.data/kv`. Several servers need one place for it. */
export const portals = useStorage<{ applicationToken: string, tokens: B24OAuthParams }>('data:portals')

/** One access per portal: each refresh token is good for one use. */
const open = new Map<string, B24OAuth>()

/** Access to a portal, or null where the app is not installed. */
export async function openPortal(memberId: string): Promise<B24OAuth | null> {
  const portal = await portals.getItem(memberId)
  const kept = open.get(memberId)
  if (kept || !portal) return kept ?? null
  const b24 = new B24OAuth(portal.tokens, useRuntimeConfig().b24)
  b24.setCallbackRefreshAuth(({ b24OAuthParams }) => portals.setItem(memberId, { ...portal, tokens: b24OAuthParams }))
  open.set(memberId, b24)
  return b24
}

export async function savePortal(memberId: string, applicationToken: string, tokens: B24OAuthParams): Promise<void> {
  open.delete(memberId)
  await portals.setItem(memberId, { applicationToken, tokens })
}

export async function removePortal(memberId: string): Promise<void> {
  open.delete(memberId)
  await portals.removeItem(memberId)
}

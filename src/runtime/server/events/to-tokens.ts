import type { B24OAuth, B24OAuthParams } from '@bitrix24/b24jssdk'
import type { PhpValue } from './php-form'
import type { B24AppSecret } from './types'

/** The block `auth` of an event as the SDK takes it; null where the event brought no access. */
export function toTokens(auth: Readonly<Record<string, PhpValue>>): B24OAuthParams | null {
  const text = (name: string): string => {
    const value = auth[name]
    return typeof value === 'string' ? value : ''
  }
  if (!text('access_token') || !text('client_endpoint')) return null
  const expiresIn = Number(text('expires_in')) || 3_600
  return {
    applicationToken: text('application_token'),
    userId: Number(text('user_id')) || 0,
    memberId: text('member_id'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    expires: Number(text('expires')) || Math.floor(Date.now() / 1_000) + expiresIn,
    expiresIn,
    scope: text('scope'),
    domain: text('domain'),
    clientEndpoint: text('client_endpoint'),
    serverEndpoint: text('server_endpoint'),
    status: text('status') as B24OAuthParams['status'],
  }
}

/** The SDK weighs more than 100 kB, and its code wants no bundling on servers that hear no event: it comes with the first. */
export async function openB24(tokens: B24OAuthParams, { clientId = '', clientSecret = '' }: Partial<B24AppSecret>): Promise<B24OAuth> {
  const { B24OAuth } = await import('@bitrix24/b24jssdk')
  const b24 = new B24OAuth(tokens, { clientId, clientSecret })
  b24.offClientSideWarning()
  return b24
}

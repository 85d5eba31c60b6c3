import { B24OAuth, EnumAppStatus } from '@bitrix24/b24jssdk'
import type { B24OAuthParams, B24OAuthSecret } from '@bitrix24/b24jssdk'
import type { Portal } from '../../src/portal'
import { tokenOf } from '../unit/portal/support/client'

/** Access to the dev portal, as the platform hands it to an app's back end. */
export function oauthParams(portal: Portal, userId = 1): B24OAuthParams {
  return {
    applicationToken: portal.applicationToken,
    userId,
    memberId: 'portal',
    accessToken: tokenOf(portal, userId),
    refreshToken: 'none',
    expires: Math.floor(Date.now() / 1000) + 3600,
    expiresIn: 3600,
    scope: 'pull',
    domain: new URL(portal.url).host,
    // With a slash at the end, as the platform gives it.
    clientEndpoint: `${portal.url}/rest/`,
    serverEndpoint: `${portal.url}/rest/`,
    status: EnumAppStatus.Free,
  }
}

/** The SDK's client for an app's back end, over the dev portal's own HTTP: nothing is simulated but the portal. */
export function createB24OAuth(portal: Portal, userId = 1, auth: Partial<B24OAuthParams> = {}, secret: B24OAuthSecret = { clientId: portal.clientId, clientSecret: portal.clientSecret }): B24OAuth {
  const b24 = new B24OAuth({ ...oauthParams(portal, userId), ...auth }, secret)
  b24.offClientSideWarning()
  return b24
}

import type { Tokens } from './tokens'

/** Access as the platform hands it to an app's back end: in events, and for a refresh token. */
export interface PortalAuthorization {
  access_token: string
  refresh_token: string
  /** Unix seconds. */
  expires: number
  /** Seconds. */
  expires_in: number
  /** With commas between. */
  scope: string
  /** Host and port of the portal. */
  domain: string
  /** Of the authorization server; the portal plays it too. */
  server_endpoint: string
  client_endpoint: string
  /** `L` = a local application. */
  status: 'L'
  member_id: string
  user_id: number
  application_token: string
}

export interface AuthorizationDeps {
  url: string
  memberId: string
  applicationToken: string
  scope: readonly string[]
  lifetime: number
  tokens: Tokens
}

/** Builds what gives an app's back end access in the name of a user; every call issues new tokens. */
export function createAuthorize(deps: AuthorizationDeps): (userId: number) => PortalAuthorization {
  const { host, origin } = new URL(deps.url)
  return (userId) => {
    const { AUTH_ID, REFRESH_ID } = deps.tokens.issue(userId)
    return {
      access_token: AUTH_ID,
      refresh_token: REFRESH_ID,
      expires: Math.floor(Date.now() / 1_000) + deps.lifetime,
      expires_in: deps.lifetime,
      scope: deps.scope.join(','),
      domain: host,
      server_endpoint: `${origin}/rest/`,
      client_endpoint: `${origin}/rest/`,
      status: 'L',
      member_id: deps.memberId,
      user_id: userId,
      application_token: deps.applicationToken,
    }
  }
}

import type { PortalLog } from '../log/log'
import type { PortalAuthorization } from '../people/authorization'
import type { Tokens } from '../people/tokens'

export interface OauthDeps {
  clientId: string
  clientSecret: string
  tokens: Tokens
  authorize: (userId: number) => PortalAuthorization
  log: PortalLog
}

/** A refusal of the authorization server, in its words. */
type Refusal = [error: string, description: string, why: string]

/**
 * The authorization server's `/oauth/token/`: renews tokens for an app's back end. A refresh token is used up by one use, so that
 * a back end which keeps the old one is found out here and not in the cloud.
 */
export function createOauthHttp({ clientId, clientSecret, tokens, authorize, log }: OauthDeps): (request: Request) => Promise<Response> {
  function renew(params: URLSearchParams): PortalAuthorization | Refusal {
    if (params.get('grant_type') !== 'refresh_token') return ['invalid_request', 'Invalid grant_type parameter or parameter missing', 'The dev portal renews tokens only: grant_type=refresh_token.']
    if (params.get('client_id') !== clientId || params.get('client_secret') !== clientSecret) {
      return ['invalid_client', 'The client credentials are invalid', 'client_id and client_secret must be the portal\'s options clientId and clientSecret.']
    }
    const owner = tokens.takeRefresh(params.get('refresh_token') ?? '')
    if (!owner) return ['invalid_grant', 'Invalid refresh token', 'It was used before, or never given out: a refresh token is good for one use.']
    return authorize(owner.userId)
  }

  return async (request) => {
    const params = new URL(request.url).searchParams
    if (request.method === 'POST') {
      for (const [name, value] of new URLSearchParams(await request.text())) params.set(name, value)
    }
    const answer = renew(params)
    const common = { source: 'rest' as const, direction: 'in' as const, title: 'oauth/token' }
    if (Array.isArray(answer)) {
      const [error, error_description, why] = answer
      log.add({ ...common, level: 'warn', status: 400, details: { error, why } })
      return Response.json({ error, error_description }, { status: 400, headers: { 'cache-control': 'no-store' } })
    }
    log.add({ ...common, status: 200, userId: answer.user_id, details: { expires_in: answer.expires_in } })
    const { application_token: _, ...renewed } = answer
    return Response.json(renewed, { headers: { 'cache-control': 'no-store' } })
  }
}

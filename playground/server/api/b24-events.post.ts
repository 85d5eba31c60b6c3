import { createHash, timingSafeEqual } from 'node:crypto'
import { B24OAuth } from '@bitrix24/b24jssdk'
import type { B24OAuthParams } from '@bitrix24/b24jssdk'

/** What the portal tells the app's back end, after `event.bind`. It posts a form, written as PHP does. */
export default defineEventHandler(async (event) => {
  const { b24: config } = useRuntimeConfig()
  const form = new URLSearchParams(await readRawBody(event))
  const auth = (name: string) => form.get(`auth[${name}]`) ?? ''

  // Anybody can post here; only the portal knows the token.
  if (!config.applicationToken || !isSame(auth('application_token'), config.applicationToken)) {
    throw createError({ statusCode: 403, statusMessage: 'This did not come from the portal' })
  }

  const b24 = new B24OAuth({
    applicationToken: auth('application_token'),
    userId: Number(auth('user_id')),
    memberId: auth('member_id'),
    accessToken: auth('access_token'),
    refreshToken: auth('refresh_token'),
    expires: Number(auth('expires')),
    expiresIn: Number(auth('expires_in')),
    scope: auth('scope'),
    domain: auth('domain'),
    clientEndpoint: auth('client_endpoint'),
    serverEndpoint: auth('server_endpoint'),
    status: auth('status') as B24OAuthParams['status'],
  }, { clientId: config.clientId, clientSecret: config.clientSecret })

  if (form.get('event') === 'ONCRMDEALUPDATE') {
    await sendPullEvent(b24, { command: 'deal.changed', params: { id: Number(form.get('data[FIELDS][ID]')) } })
  }
  return null
})

/** Takes as long for a wrong token as for the right one. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

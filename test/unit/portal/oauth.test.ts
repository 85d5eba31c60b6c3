import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Portal } from '../../../src/portal'
import { createPortal } from '../../../src/portal'
import { createB24OAuth } from '../../support/b24-oauth'
import { rest } from './support/client'

let portal: Portal

beforeEach(async () => {
  portal = await createPortal({ app: 'http://localhost:3000' })
})

afterEach(() => portal.close())

async function renew(fields: Record<string, string>): Promise<{ status: number, body: Record<string, unknown> }> {
  const response = await fetch(`${portal.url}/oauth/token/`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', client_id: portal.clientId, client_secret: portal.clientSecret, ...fields }),
  })
  return { status: response.status, body: await response.json() as Record<string, unknown> }
}

describe('the authorization server', () => {
  it('renews tokens, and a refresh token is used up by one use', async () => {
    const { refresh_token } = portal.authorize(2)
    const { status, body } = await renew({ refresh_token })
    expect(status).toBe(200)
    expect(body).toMatchObject({ user_id: 2, member_id: portal.memberId, expires_in: 3600, client_endpoint: `${portal.url}/rest/`, status: 'L' })
    expect((await rest(portal, String(body.access_token), 'profile')).result).toMatchObject({ ID: '2' })
    expect(await renew({ refresh_token })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await renew({ refresh_token: String(body.refresh_token) })).status).toBe(200)
  })

  it.each([
    ['invalid_client', { client_secret: 'wrong' }],
    ['invalid_client', { client_id: 'other' }],
    ['invalid_request', { grant_type: 'password' }],
    ['invalid_grant', { refresh_token: 'never given out' }],
  ])('answers %s to %j', async (error, fields) => {
    expect(await renew({ refresh_token: portal.authorize().refresh_token, ...fields })).toMatchObject({ status: 400, body: { error } })
  })

  it('keeps the SDK\'s B24OAuth going over many expired tokens', async () => {
    const { access_token: accessToken, refresh_token: refreshToken } = portal.authorize()
    const b24 = createB24OAuth(portal, 1, { accessToken, refreshToken, memberId: portal.memberId })
    for (let round = 0; round < 3; round++) {
      portal.faults.on('expire-tokens')
      const answer = await b24.actions.v2.call.make<{ ID: string }>({ method: 'profile' })
      expect(answer.getData()?.result.ID).toBe('1')
    }
    b24.destroy()
  })

  it('shows no token in the log', async () => {
    const { refresh_token } = portal.authorize()
    const { body } = await renew({ refresh_token })
    expect(JSON.stringify(portal.log)).not.toContain(String(body.access_token))
    expect(JSON.stringify(portal.log)).not.toContain(refresh_token)
  })
})

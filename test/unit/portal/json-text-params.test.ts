import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPortal, type Portal } from '../../../src/portal'
import { rest, tokenOf } from './support/client'

let portal: Portal
let token: string

beforeAll(async () => {
  portal = await createPortal({ app: 'http://localhost:3000' })
  token = tokenOf(portal)
})

afterAll(() => portal.close())

it('takes PARAMS and USER_ID as JSON text, as the platform does', async () => {
  const answer = await rest(portal, token, 'pull.application.event.add', { COMMAND: 'ping', PARAMS: '{"id":42,"list":[]}', USER_ID: '[1,2]' })
  expect(answer).toMatchObject({ status: 200, result: true })
})

it('refuses PARAMS that are neither an object nor written as one', async () => {
  expect(await rest(portal, token, 'pull.application.event.add', { COMMAND: 'ping', PARAMS: '{"id":' })).toMatchObject({ status: 400, error: 'PARAMS_ERROR' })
})

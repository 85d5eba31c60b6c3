import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { probe } from '../../../../src/portal/frames/watch/probe'
import { createPortal } from '../../../../src/portal'
import { control } from '../support/client'

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const form = { method: 'post' as const, fields: { PLACEMENT: 'DEFAULT' } }

describe('probe', () => {
  it('asks as the frame does, with its form, and by GET where that is refused', async () => {
    const seen: string[] = []
    const url = await serve(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      seen.push(`${request.method} ${body}`)
      response.writeHead(request.method === 'POST' ? 405 : 200).end()
    })
    expect(await probe({ ...form, action: `${url}/` })).toMatchObject({ kind: 'answer', status: 405, getStatus: 200 })
    expect(seen).toEqual(['POST PLACEMENT=DEFAULT', 'GET '])
  })

  it('follows the app on its own origin, and stops where it leads elsewhere', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/en' }).end()
      else if (request.url === '/en') response.writeHead(303, { location: 'http://elsewhere.example/' }).end()
      else response.writeHead(302, { location: request.url }).end()
    })
    expect(await probe({ ...form, action: `${url}/` })).toMatchObject({ status: 303, leadsTo: 'http://elsewhere.example/' })
    expect(await probe({ ...form, action: `${url}/circle` })).toMatchObject({ leadsTo: `${url}/circle` })
  })

  it('says why there is no answer', async () => {
    expect(await probe({ ...form, action: 'http://127.0.0.1:9/' })).toMatchObject({ kind: 'none', isTimeout: false, reason: expect.stringMatching(/ECONNREFUSED|bad port/) })
  })
})

describe('a frame whose app cannot be opened', () => {
  it('says so in the state, the log and the shell, and is opened anew once it can be', async () => {
    let status = 405
    const lines: string[] = []
    const url = await serve((request, response) => void response.writeHead(request.method === 'POST' ? status : 200).end())
    const portal = await createPortal({ app: url, onProblem: line => lines.push(line) })
    onTestFinished(() => portal.close())
    const { id } = portal.frames[0]!
    await control(portal, 'frames/shown', { frameId: id })
    await portal.waitFor(() => portal.frames[0]?.trouble?.code === 'method-refused', { timeout: 30_000 })
    expect(lines).toEqual([expect.stringContaining('--method get')])
    expect(portal.log.at(-1)).toMatchObject({ level: 'error', frameId: id, userId: 1, title: 'The app answers 405 to POST /' })
    status = 200
    await portal.waitFor(() => portal.frames[0]?.revision === 1, { timeout: 30_000 })
    expect(portal.frames[0]?.trouble).toBeNull()
  })
})

import type { ServerRequest } from 'srvx'
import { createControlRoutes } from '../control/routes'
import type { Streams } from '../control/stream'
import type { Engine } from '../engine'
import { createRestHttp } from '../rest/http'
import { createOauthHttp } from '../rest/oauth'
import type { Guard } from '../security/guard'
import type { WaitFor } from '../wait-for'
import { withCors } from './cors'
import { createStaticPage } from './static-page'

export interface SiteDeps {
  engine: Engine
  guard: Guard
  streams: Streams
  waitFor: WaitFor
  /** Long polling and publishing. */
  push: (request: ServerRequest) => Promise<Response>
}

/** Everything the portal serves over HTTP: REST, push, the control API, the page. */
export function createSite({ engine, guard, streams, waitFor, push }: SiteDeps): (request: Request) => Response | Promise<Response> {
  const site = createControlRoutes({ engine, guard, streams, waitFor })
  const rest = withCors(guard, createRestHttp({
    service: engine.rest,
    tokens: engine.tokens,
    people: engine.people,
    webhookUserId: engine.people.current.id,
  }))
  const oauth = createOauthHttp({
    clientId: engine.options.clientId,
    clientSecret: engine.options.clientSecret,
    tokens: engine.tokens,
    authorize: engine.authorize,
    log: engine.log,
  })
  const pushWithCors = withCors(guard, push)
  const page = createStaticPage(engine.options.app.origin)

  site.all('/rest/**', ({ req }) => rest(req))
  site.all('/oauth/token/', ({ req }) => oauth(req))
  site.all('/oauth/token', ({ req }) => oauth(req))
  site.all('/push/**', ({ req }) => pushWithCors(req))
  site.get('/**', ({ req }) => page(req))

  return (request) => {
    const refusal = guard.refusal(request.headers)
    return refusal === null ? site.fetch(request) : new Response(refusal, { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  }
}

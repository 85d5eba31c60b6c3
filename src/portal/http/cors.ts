import type { Guard } from '../security/guard'

/** Answers the app's preflights, and lets the app read every answer of REST and push. */
export function withCors<R extends Request>(guard: Guard, handle: (request: R) => Promise<Response>): (request: R) => Promise<Response> {
  return async (request) => {
    const refusal = guard.apiRefusal(request.headers)
    if (refusal !== null) return new Response(refusal, { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' } })
    const origin = request.headers.get('origin')
    const isPreflight = request.method === 'OPTIONS'
    const response = isPreflight ? new Response(null, { status: 204 }) : await handle(request)
    response.headers.set('vary', 'Origin')
    response.headers.set('x-content-type-options', 'nosniff')
    if (!guard.isAppOrigin(origin)) return response
    response.headers.set('access-control-allow-origin', origin)
    // What the polling client reads from a 304.
    response.headers.set('access-control-expose-headers', 'Expires, Last-Message-Id')
    if (isPreflight) {
      response.headers.set('access-control-allow-methods', 'GET, POST, OPTIONS')
      response.headers.set('access-control-allow-headers', request.headers.get('access-control-request-headers') ?? 'content-type')
      response.headers.set('access-control-max-age', '600')
    }
    return response
  }
}

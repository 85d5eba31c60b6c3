import { H3 } from 'h3'
import type { GenericSchema, InferOutput } from 'valibot'
import type { Engine } from '../engine'
import { PortalError } from '../errors'
import { mediaType } from '../http/content-type'
import type { Guard } from '../security/guard'
import { stateOf } from './state'
import type { Streams } from './stream'
import type { BridgeAnswer, ControlFailure, Done, EmitAnswer, FaultState, FireEventAnswer, PortalFrame, PortalState, RecordingAnswer, RestCallAnswer, WaitAnswer } from '../types'
import type { WaitFor } from '../wait-for'
import { isTooDeep, MAX_DEPTH } from '../json'
import { maskSecrets } from '../security/mask'
import { CONTROL_BASE } from '../types'
import { asText } from '../untrusted'
import { ControlError, requestSchemas, validate } from './validate'

export interface ControlDeps {
  engine: Engine
  guard: Guard
  streams: Streams
  waitFor: WaitFor
}

/** The control API: thin, each route one call of the engine. */
export function createControlRoutes({ engine, guard, streams, waitFor }: ControlDeps): H3 {
  const app = new H3({ silent: true, onError: error => unexpectedResponse(error) })
  const done: Done = { done: true }

  app.use(`${CONTROL_BASE}/**`, ({ req }) => {
    const refusal = guard.controlRefusal(req.headers)
    return refusal === null ? undefined : failureResponse(new ControlError('FORBIDDEN', refusal, [], 403))
  })

  /** A POST route whose body is checked before anything is done. */
  function post<Schema extends GenericSchema>(path: string, schema: Schema, handle: (body: InferOutput<Schema>) => unknown): void {
    app.post(`${CONTROL_BASE}/${path}`, async ({ req }) => {
      try {
        return Response.json(await handle(validate(schema, await readJson(req))))
      }
      catch (error) {
        return failureResponse(error)
      }
    })
  }

  app.get(`${CONTROL_BASE}/state`, () => Response.json(stateOf(engine), { headers: { 'cache-control': 'no-store' } }))
  app.get(`${CONTROL_BASE}/stream`, event => streams.open(event))

  post('emit', requestSchemas.emit, (event): EmitAnswer => ({ messageIds: engine.emit(event) }))
  post('bridge', requestSchemas.bridge, ({ frameId, data }): BridgeAnswer => ({ answer: engine.bridge.handle(frameId, data) }))
  post('frames/open', requestSchemas.openFrame, (request): PortalFrame => engine.frames.open(request).view)
  post('frames/close', requestSchemas.frame, ({ frameId }) => {
    engine.frames.close(frameId)
    return done
  })
  post('frames/reload', requestSchemas.frame, ({ frameId }): PortalFrame => engine.frames.reload(frameId).view)
  post('frames/event', requestSchemas.frameEvent, ({ frameId, event, params }) => {
    if (!engine.bridge.firePlacementEvent(frameId, event, params ?? {})) {
      throw new ControlError('NOT_BOUND', `The frame has not bound ${event}. It does so with placementBindEvent.`, [{ field: 'event', message: 'is not bound by this frame' }])
    }
    return done
  })
  post('users/switch', requestSchemas.user, ({ userId }): PortalState => {
    engine.switchUser(userId)
    return stateOf(engine)
  })
  post('users/online', requestSchemas.userOnline, ({ userId, online }) => {
    engine.people.setOnline(userId, online)
    return done
  })
  post('faults/on', requestSchemas.faultOn, ({ name, settings }): FaultState => engine.faults.on(name, settings))
  post('faults/off', requestSchemas.faultOff, ({ name }): FaultState => engine.faults.off(name))
  post('server', requestSchemas.server, (change): PortalState => {
    engine.setServer(change)
    return stateOf(engine)
  })
  post('events/fire', requestSchemas.fireEvent, ({ event, data }): Promise<FireEventAnswer> => engine.events.fire(event, data ?? {}))
  post('dialogs/answer', requestSchemas.dialogAnswer, ({ dialogId, chosen }) => {
    engine.dialogs.answer(dialogId, chosen)
    return done
  })
  post('install/begin', requestSchemas.nothing, (): PortalState => {
    engine.installation.begin()
    return stateOf(engine)
  })
  post('holds/set', requestSchemas.hold, ({ on, ...point }) => {
    engine.holds.set(point, on)
    return done
  })
  post('holds/release', requestSchemas.release, ({ id, params }) => {
    engine.holds.release(id, params)
    return done
  })
  post('recording/start', requestSchemas.nothing, () => {
    engine.recorder.start()
    engine.changes.notify()
    return done
  })
  post('recording/stop', requestSchemas.nothing, (): RecordingAnswer => {
    const text = engine.recorder.stop()
    engine.changes.notify()
    return { text }
  })
  post('log/clear', requestSchemas.nothing, () => {
    engine.log.clear()
    return done
  })

  post('log/frames', requestSchemas.rawFrames, ({ on }) => {
    engine.showRawFrames(on)
    return done
  })
  post('frames/shown', requestSchemas.frame, ({ frameId }) => {
    engine.watch.shown(engine.frames.get(frameId).view.id)
    return done
  })
  post('connections/freeze', requestSchemas.freeze, ({ connectionId, on }) => {
    const connection = engine.push.hub.connections.find(({ id }) => id === connectionId)
    if (!connection) throw new ControlError('NOT_FOUND', 'There is no such connection: it has ended.', [{ field: 'connectionId', message: 'is not open' }], 404)
    connection.freeze(on)
    engine.log.add({ source: 'push', direction: 'note', title: on ? 'Connection frozen' : 'Connection thawed', userId: connection.userId, connectionId })
    return done
  })
  post('rest/call', requestSchemas.restCall, async ({ method, params, userId }): Promise<RestCallAnswer> => {
    const user = engine.people.get(userId ?? engine.people.current.id)
    const outcome = await engine.rest.execute(method, params ?? {}, { user, kind: 'application', frameId: null, connector: asText(params?.auth_connector) ?? '' })
    return outcome.ok
      ? { status: 200, error: null, description: null, result: maskSecrets(outcome.result) }
      : { status: outcome.status, error: outcome.error, description: outcome.description, result: null }
  })
  post('wait', requestSchemas.wait, async ({ what, match, timeout, fresh }): Promise<WaitAnswer> => ({ found: await waitFor(what, match, { timeout, fresh }) }))

  app.all(`${CONTROL_BASE}/**`, () => failureResponse(new ControlError('NOT_FOUND', 'The control API has no such route.', [], 404)))
  return app
}

async function readJson(request: Request): Promise<unknown> {
  if (mediaType(request.headers) !== 'application/json') {
    throw new ControlError('BAD_REQUEST', 'The content type must be application/json.', [], 415)
  }
  const body = await request.text()
  if (isTooDeep(body)) throw new ControlError('BAD_REQUEST', `The body is nested deeper than ${MAX_DEPTH}.`)
  try {
    return JSON.parse(body)
  }
  catch (error) {
    if (error instanceof SyntaxError) throw new ControlError('BAD_REQUEST', `The body is no JSON: ${error.message}.`)
    throw error
  }
}

/** What no route expects: a body over the limit, a client that hangs up, or a mistake of the portal's own. */
function unexpectedResponse({ status, message }: { status: number, message: string }): Response {
  const code = status === 413 ? 'BODY_TOO_LARGE' : status === 400 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR'
  const failure: ControlFailure & { error: string, error_description: string } = { code, message, fields: [], error: code, error_description: message }
  // The rest of the body is never read: the connection cannot be used again.
  return Response.json(failure, { status, headers: status === 413 ? { connection: 'close' } : {} })
}

function failureResponse(error: unknown): Response {
  if (error instanceof ControlError) return Response.json(error.failure, { status: error.status })
  if (error instanceof PortalError) {
    const failure: ControlFailure = {
      code: error.code,
      message: error.message,
      fields: error.field === null ? [] : [{ field: error.field, message: error.why }],
    }
    return Response.json(failure, { status: error.code.startsWith('PORTAL_UNKNOWN') ? 404 : 400 })
  }
  throw error
}

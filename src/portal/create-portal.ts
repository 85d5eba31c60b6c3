import { announce } from './announcement'
import type { RecordingPlayer } from '../runtime/recording/play-recording'
import { withoutUndefined } from '../runtime/utils/without-undefined'
import { connectionsOf } from './control/state'
import { createStreams } from './control/stream'
import type { LogEntry, OpenFrameRequest, PortalConnection, PortalDialog, PortalFrame, PortalUser, ServerSettings } from './types'
import type { Emit } from './emit'
import type { Engine } from './engine'
import { createEngine } from './create-engine'
import type { FireEvent } from './events/fire-event'
import type { PortalFaults } from './faults/faults'
import { createSite } from './http/site'
import type { PortalOptions } from './option-types'
import { resolvePortalOptions } from './options'
import type { PortalAuthorization } from './people/authorization'
import { createPushHttp } from './push/http'
import { createWebSocketTransport } from './push/websocket'
import { createFileSink } from './recording/file-sink'
import { readRecordingFile } from './recording/read-file'
import { readRestFile, watchRestFile } from './rest/rest-file'
import type { RestRequest } from './rest/types'
import { createGuard } from './security/guard'
import { listen } from './server'
import type { WaitFor } from './wait-for'
import { createWaitFor } from './wait-for'

/** A running dev portal. Lists are what is true at the moment of reading. */
export interface Portal {
  /** Address of the portal's page, such as `http://127.0.0.1:41207`. */
  readonly url: string
  /** Base address for REST as a webhook of the first user; pull methods refuse it, as the platform does. */
  readonly webhook: string
  /** What the portal's events to the app's back end carry as `auth[application_token]`. */
  readonly applicationToken: string
  /** Identity of the portal: `member_id` of events and tokens. */
  readonly memberId: string
  /** Id and secret with which a back end renews its tokens at the portal. */
  readonly clientId: string
  readonly clientSecret: string
  readonly users: readonly PortalUser[]
  readonly frames: readonly PortalFrame[]
  readonly connections: readonly PortalConnection[]
  /** REST calls so far, the last 5,000, secrets masked. */
  readonly requests: readonly RestRequest[]
  /** What went by, the last 2,000 entries, secrets masked. */
  readonly log: readonly LogEntry[]
  readonly faults: PortalFaults
  readonly server: Readonly<ServerSettings>
  /**
   * Sends an event as the platform's back end would.
   *
   * @returns ids of the messages, one per channel
   * @throws PortalError when a field is wrong; then nothing is sent
   * @example
   * ```ts
   * portal.emit({ module: 'application', command: 'ping', params: { sent: Date.now() }, userId: 2 })
   * ```
   */
  emit: Emit
  /** Sends a frame as it is, to one user or to everybody: for tests of what a broken server does. */
  sendRaw: (frame: string | Uint8Array<ArrayBuffer>, userId?: number) => void
  /** Opens one more frame of the app. */
  openFrame: (request?: OpenFrameRequest) => PortalFrame
  closeFrame: (frameId: string) => void
  reloadFrame: (frameId: string) => PortalFrame
  /** Puts another user before the screen: their frame takes the place of the others. */
  switchUser: (userId: number) => void
  /** Shows a user as online or offline until their next connection comes or goes. */
  setOnline: (userId: number, online: boolean) => void
  /** Changes the push server; connections close and frames are opened anew. */
  setServer: (change: Partial<ServerSettings>) => void
  /** Fires an event at the handlers bound with `event.bind`, such as `ONCRMDEALUPDATE`; the platform's common events are known with their data. */
  fireEvent: FireEvent
  /** Access for the app's back end, as events carry it; every call issues new tokens. */
  authorize: (userId?: number) => PortalAuthorization
  /** Whether the app is installed; before that no event reaches it. */
  readonly isInstalled: boolean
  /** Takes the app back to its install page, until it calls `installFinish()`. */
  install: () => void
  /** Dialogs that are open: `selectUser` and its like. */
  readonly dialogs: readonly PortalDialog[]
  /** Answers a dialog with the ids of what was chosen; null = Cancel, of which the app never hears. */
  answerDialog: (dialogId: string, chosen: readonly string[] | null) => void
  clearLog: () => void
  /** Plays the option `recording`; `null` without it. */
  readonly recording: RecordingPlayer | null
  readonly waitFor: WaitFor
  /** Ends every connection and frees the port. Safe to call twice. */
  close: () => Promise<void>
}

/**
 * Starts a dev portal: Bitrix24 on 127.0.0.1, with REST, a push server and a page that opens the app in a frame.
 *
 * @param options the app's address, and what the portal is like; all but `app` has a default
 * @throws PortalError `PORTAL_BAD_OPTION`, also where `recording` is no recording or `record` cannot be written; `PORTAL_BAD_REST_FILE`
 * or `PORTAL_PORT_TAKEN`. Nothing is left open then
 * @example
 * ```ts
 * import { createPortal } from 'nuxt-b24-pull/portal'
 * import { chromium } from 'playwright-core'
 *
 * const portal = await createPortal({ app: 'http://localhost:3000' })
 * const browser = await chromium.launch()
 * const page = await browser.newPage()
 * await page.goto(portal.url)
 * await portal.waitFor('connection')
 * portal.emit({ module: 'application', command: 'ping' })
 * await browser.close()
 * await portal.close()
 * ```
 */
export async function createPortal(options: PortalOptions): Promise<Portal> {
  const resolved = resolvePortalOptions(options)
  const closed = new AbortController()
  const { rest } = resolved
  const restFile = typeof rest === 'string' ? { path: rest, ...await readRestFile(rest) } : { path: null, methods: rest, modified: 0 }
  const recording = resolved.recording && { entries: readRecordingFile(resolved.recording.file), speed: resolved.recording.speed }
  const server = await listen(resolved.port, (url) => {
    // Not before the port is ours: a portal that cannot start must not empty the file of the one that is running.
    const record = resolved.record === null ? null : createFileSink(resolved.record, resolved.users[0]!.id)
    return assemble(createEngine({ ...resolved, rest: restFile.methods, restFile: restFile.path, record, recording }, url), closed.signal)
  })
  const { engine, streams, sockets, polls, waitFor } = server.handlers
  const withdraw = announce(engine.url, resolved.app.href)
  const unwatch = restFile.path === null
    ? null
    : watchRestFile(restFile.path, restFile.modified, {
        onMethods: methods => engine.setRest(methods),
        onProblem: error => engine.tellProblem(error.message, { why: error.why, fix: error.fix }),
      })
  let closing: Promise<void> | null = null

  return {
    url: engine.url,
    webhook: `${engine.url}/rest/${engine.people.current.id}/${engine.tokens.webhookCode}/`,
    applicationToken: engine.events.applicationToken,
    memberId: engine.memberId,
    clientId: resolved.clientId,
    clientSecret: resolved.clientSecret,
    get isInstalled() {
      return engine.installation.isInstalled
    },
    install: () => engine.installation.begin(),
    get dialogs() {
      return engine.dialogs.all
    },
    answerDialog: (dialogId, chosen) => engine.dialogs.answer(dialogId, chosen),
    authorize: (userId = engine.people.current.id) => engine.authorize(engine.people.get(userId).id),
    get users() {
      return engine.people.all.map(user => ({ ...user }))
    },
    get frames() {
      return engine.frames.all.map(({ view }) => structuredClone(view))
    },
    get connections() {
      return connectionsOf(engine)
    },
    get requests() {
      return engine.rest.requests
    },
    get log() {
      return engine.log.entries
    },
    get server() {
      return { ...engine.push.server() }
    },
    faults: engine.faults,
    emit: engine.emit as Emit,
    sendRaw(frame, userId) {
      const { hub } = engine.push
      for (const connection of userId === undefined ? hub.connections : hub.connectionsOf(engine.people.get(userId).id)) connection.sendRaw(frame)
    },
    openFrame: (request = {}) => structuredClone(engine.frames.open(request).view),
    closeFrame: frameId => engine.frames.close(frameId),
    reloadFrame: frameId => structuredClone(engine.frames.reload(frameId).view),
    switchUser: userId => engine.switchUser(userId),
    setOnline: (userId, online) => engine.people.setOnline(userId, online),
    setServer: change => engine.setServer(withoutUndefined(change)),
    fireEvent: (event, data) => engine.events.fire(event, data ?? {}),
    clearLog: () => engine.log.clear(),
    recording: engine.recording,
    waitFor,
    close() {
      closing ??= (async () => {
        withdraw()
        closed.abort()
        unwatch?.()
        engine.dispose()
        polls.dispose()
        await streams.closeAll()
        await sockets.dispose()
        await server.close()
      })()
      return closing
    },
  }
}

function assemble(engine: Engine, closed: AbortSignal) {
  const guard = createGuard(engine.url, engine.options.app.origin)
  const streams = createStreams(engine)
  const { push } = engine
  const sockets = createWebSocketTransport({ ...push, guard })
  const polls = createPushHttp(push)
  const waitFor = createWaitFor({
    changes: engine.changes,
    closed,
    items: { connection: () => connectionsOf(engine), request: () => engine.rest.requests, log: () => engine.log.entries },
  })
  const fetch = createSite({ engine, guard, streams, waitFor, push: polls.handle })
  return { engine, streams, sockets, polls, waitFor, fetch, handleUpgrade: sockets.handleUpgrade }
}

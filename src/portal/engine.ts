import type { RecordingPlayer } from '../runtime/recording/play-recording'
import type { BackendEvents } from './events/backend-events'
import { createBackendEvents } from './events/backend-events'
import { createOfflineQueue } from './events/offline-queue'
import type { Bridge } from './bridge/bridge'
import { createBridge } from './bridge/bridge'
import { answerText } from './bridge/command'
import type { Dialogs } from './bridge/dialogs'
import { createDialogs } from './bridge/dialogs'
import { createBridgeHandlers } from './bridge/handlers'
import type { Changes } from './changes'
import { createChanges } from './changes'
import type { FaultName, ServerSettings } from './types'
import type { PortalEvent } from './emit'
import { createEmitter } from './emit'
import type { FaultBoard } from './faults/faults'
import { createFaults } from './faults/faults'
import { createFaultReach } from './faults/create-reach'
import type { Frames } from './frames/frames'
import { createFrames } from './frames/frames'
import type { Holders } from './frames/holders'
import { createHolders } from './frames/holders'
import { judge } from './frames/watch/judge'
import { probe } from './frames/watch/probe'
import type { FrameWatch } from './frames/watch/watch'
import { createFrameWatch } from './frames/watch/watch'
import type { Holds } from './holds'
import { createHolds } from './holds'
import type { LogInput, PortalLog } from './log/log'
import type { Placements } from './frames/placements'
import { createPlacements } from './frames/placements'
import type { Workers } from './frames/workers'
import { createWorkers } from './frames/workers'
import type { Installation } from './installation'
import { createInstallation } from './installation'
import { createLog } from './log/log'
import type { EngineOptions } from './option-types'
import { resolvePortalOptions } from './options'
import type { PortalAuthorization } from './people/authorization'
import { createAuthorize } from './people/authorization'
import { createOptionStore } from './people/option-store'
import type { People } from './people/people'
import { createPeople } from './people/people'
import type { Tokens } from './people/tokens'
import { createTokens } from './people/tokens'
import type { Push } from './push/push'
import { createPush } from './push/push'
import { createPortalPlayer } from './recording/play'
import { createPortalRecorder } from './recording/recorder'
import type { PortalRecorder } from './recording/recorder'
import { createLimits } from './rest/limits'
import { createMethods } from './rest/methods'
import type { RestService } from './rest/service'
import { createRestService } from './rest/service'
import type { RestHandler } from './rest/types'
import { randomHex } from './security/random'

/** Everything a portal knows and decides; transports and pages only carry it. */
export interface Engine {
  readonly url: string
  readonly options: EngineOptions
  readonly changes: Changes
  readonly log: PortalLog
  readonly people: People
  readonly tokens: Tokens
  readonly frames: Frames
  readonly holders: Holders
  readonly push: Push
  readonly rest: RestService
  readonly bridge: Bridge
  readonly faults: FaultBoard
  readonly events: BackendEvents
  readonly watch: FrameWatch
  readonly dialogs: Dialogs
  readonly placements: Placements
  readonly installation: Installation
  readonly memberId: string
  readonly recorder: PortalRecorder
  readonly holds: Holds
  /** Plays the option `recording`; `null` without it. */
  readonly recording: RecordingPlayer | null
  /** Access for the app's back end in the name of a user. */
  authorize: (userId: number) => PortalAuthorization
  emit: (event: PortalEvent) => string[]
  /** Puts other REST methods in the place of the option `rest`. */
  setRest: (methods: Record<string, RestHandler>) => void
  /** Says in the log and in the shell what is wrong. */
  tellProblem: (line: string, details: unknown) => void
  showRawFrames: (isOn: boolean) => void
  /**
   * Changes the push server; connections close and frames are opened anew, as after an update of the portal.
   *
   * @throws PortalError `PORTAL_BAD_OPTION`
   */
  setServer: (change: Partial<ServerSettings>) => void
  /** Puts another user before the screen: one frame of theirs takes the place of all others. */
  switchUser: (userId: number) => void
  /** Late answers of the bridge, for the page to carry. */
  onAnswer: (listener: (frameId: string, message: string) => void) => () => void
  dispose: () => void
}

/** Puts the parts of one portal together; `url` is the origin at which it listens. */
export function createEngine(options: EngineOptions, url: string): Engine {
  const changes = createChanges()
  const log = createLog()
  const memberId = randomHex()
  const domain = new URL(url).host
  const answerListeners = new Set<(frameId: string, message: string) => void>()

  /** In the log, and in the shell of whoever started the portal. */
  function tellProblem(line: string, entry: LogInput): void {
    options.onProblem(line)
    log.add({ level: 'error', ...entry })
  }

  const tokens = createTokens(options.tokenLifetime)
  const store = createOptionStore(options.appOptions)
  const people: People = createPeople(options.users, (user) => {
    push.presence.announce(user)
    changes.notify()
  })
  const faults: FaultBoard = createFaults({
    reach: () => createFaultReach({ push, tokens }),
    onChange(fault) {
      log.add({ source: 'fault', direction: 'note', title: `${fault.title}${fault.kind === 'action' ? '' : fault.isOn ? ': on' : ': off'}`, details: fault.settings })
      changes.notify()
    },
  })
  const holders = createHolders(frameId => frames.find(frameId) !== undefined)
  const push: Push = createPush({ server: options.server, pingInterval: options.pingInterval, pollTimeout: options.pollTimeout, people, faults, log, holders, onChange: changes.notify })
  const bridge: Bridge = createBridge({
    // Handlers open and close frames, and frames call the bridge: whoever comes first reads the other late.
    handlers: () => handlers,
    frames: () => frames,
    log,
    onHeard(frameId) {
      watch.heard(frameId)
      holders.forget(frameId)
      workers.heard(frameId)
    },
    onAnswer(frameId, message) {
      for (const listener of [...answerListeners]) listener(frameId, message)
    },
  })
  const dialogs = createDialogs(changes.notify)
  const placements = createPlacements(options.placements, changes.notify)
  const installation: Installation = createInstallation({
    isWanted: options.install,
    log,
    onChange() {
      for (const { view } of frames.all) {
        if (!frames.find(view.id)) continue
        if (view.isSlider || view.isHidden) frames.close(view.id)
        else frames.reload(view.id)
      }
      workers.start()
      changes.notify()
    },
    onInstalled: () => void events.fire('ONAPPINSTALL', { VERSION: '1', ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: options.lang }),
  })
  const frames: Frames = createFrames({
    url,
    app: options.app,
    appName: options.appName,
    method: options.method,
    lang: options.lang,
    domain,
    memberId,
    applicationToken: options.applicationToken,
    scope: options.scope,
    people,
    tokens,
    placements,
    installUrl: () => installation.isInstalled || options.installUrl === null ? null : new URL(options.installUrl, options.app),
    barrierFor: user => installation.barrierFor(user),
    onOpened: frame => workers.accompany(frame),
    onClosed(frame) {
      dialogs.dropOf(frame.view.id)
      bridge.sliderClosed(frame)
    },
    onChange: changes.notify,
  })
  const watch: FrameWatch = createFrameWatch({
    frames: () => frames,
    examine: async ({ view }) => judge(await probe(view), { address: view.action, method: view.method, portalOrigin: url }),
    onTrouble({ view }, trouble) {
      const common = { source: 'portal' as const, direction: 'note' as const, userId: view.userId, frameId: view.id }
      if (trouble) tellProblem(`${trouble.title}. ${trouble.fix}`, { ...common, title: trouble.title, details: { why: trouble.why, fix: trouble.fix } })
      else log.add({ ...common, title: 'The app is there' })
      changes.notify()
    },
  })
  const workers: Workers = createWorkers({ placements, frames: () => frames, currentUserId: () => people.current.id, isInstalled: () => installation.isInstalled, log })
  const recorder = createPortalRecorder(options.record, () => people.current.id)
  const holds = createHolds((event, origin) => void sendNow(event, origin), changes.notify)
  const { emit, send, sendNow } = createEmitter({ hub: () => push.hub, people, isHeld: holds.take, onSent: recorder.sent })
  const recording = options.recording && createPortalPlayer(options.recording.file, {
    send,
    hasUser: id => people.has(id),
    cut: () => faults.on('cut-connections'),
    note: (title, details) => log.add({ source: 'portal', direction: 'note', title, details }),
  })
  let hasPlayed = false
  const stopFollowing = changes.subscribe(() => {
    const { length } = push.hub.connections
    recorder.connections(length)
    const speed = options.recording?.speed
    if (hasPlayed || !length || speed === 'step') return
    hasPlayed = true
    void recording?.play({ speed })
  })
  const authorize = createAuthorize({ url, memberId, applicationToken: options.applicationToken, scope: options.scope, lifetime: options.tokenLifetime, tokens })
  const queue = createOfflineQueue()
  const events = createBackendEvents({
    app: options.app,
    applicationToken: options.applicationToken,
    installCallback: options.installCallback === null ? null : new URL(options.installCallback, options.app).href,
    isInstalled: () => installation.isInstalled,
    authorize,
    people,
    queue,
    log,
    onChange: changes.notify,
  })
  let own = byLowerName(options.rest)
  const rest = createRestService({
    own: () => own,
    restFile: options.restFile,
    methods: createMethods({ options, own: () => own, url, people, store, push, faults, events, queue, placements, installation, log, holders, send: event => send(event, 'rest'), onWorker: () => workers.start() }),
    scope: options.scope,
    faults,
    limits: createLimits(options.limits),
    fireEvent: (event, data) => events.fire(event, data ?? {}),
    log,
    onRequest: changes.notify,
  })
  const handlers = createBridgeHandlers({
    domain,
    lang: options.lang,
    memberId,
    people,
    tokens,
    store,
    frames,
    dialogs,
    installation,
    faults,
    onChange: changes.notify,
    onAnswer: (frameId, key, value) => {
      for (const listener of [...answerListeners]) listener(frameId, answerText(key, value))
    },
  })
  const stopListening = log.subscribe(() => changes.notify())
  frames.open({})
  for (const [name, settings] of Object.entries(options.faults)) faults.on(name as FaultName, settings === true ? {} : settings)

  return {
    url,
    options,
    changes,
    log,
    people,
    tokens,
    frames,
    holders,
    push,
    rest,
    bridge,
    faults,
    events,
    watch,
    dialogs,
    placements,
    installation,
    memberId,
    recorder,
    recording,
    holds,
    authorize,
    emit,
    setRest(methods) {
      own = byLowerName(methods)
      log.add({ source: 'portal', direction: 'note', title: 'The REST methods have been read again', details: { methods: Object.keys(methods) } })
    },
    tellProblem: (line, details) => tellProblem(line, { source: 'portal', direction: 'note', title: line, details }),
    showRawFrames(isOn) {
      push.tap.isOn = isOn
      changes.notify()
    },
    setServer(change) {
      const { mode, ...current } = push.server()
      // A mode belongs to a version: another version has its own, unless one is asked for.
      const keepsMode = change.version === undefined || change.version === current.version
      push.setServer(resolvePortalOptions({ app: options.app.href, server: { ...current, ...(keepsMode ? { mode } : {}), ...change } }).server)
      for (const frame of frames.all) frames.reload(frame.view.id)
      changes.notify()
    },
    switchUser(userId) {
      people.switchTo(userId)
      for (const { view } of frames.all) {
        if (!view.isApart && frames.find(view.id)) frames.close(view.id)
      }
      frames.open({ userId })
      workers.start()
    },
    onAnswer(listener) {
      answerListeners.add(listener)
      return () => void answerListeners.delete(listener)
    },
    dispose() {
      recording?.stop()
      stopFollowing()
      stopListening()
      watch.dispose()
      workers.dispose()
      faults.dispose()
      push.dispose()
    },
  }
}

function byLowerName(methods: Record<string, RestHandler>): Map<string, RestHandler> {
  return new Map(Object.entries(methods).map(([name, handler]) => [name.toLowerCase(), handler]))
}

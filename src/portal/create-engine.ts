import { createBackendEvents } from './events/backend-events'
import { createOfflineQueue } from './events/offline-queue'
import type { Bridge } from './bridge/bridge'
import { createBridge } from './bridge/bridge'
import { createAnswers } from './bridge/answers'
import { createDialogs } from './bridge/dialogs'
import { createBridgeHandlers } from './bridge/handlers'
import { createChanges } from './changes'
import type { FaultName } from './types'
import type { Engine } from './engine'
import { createEmitter } from './emit'
import type { FaultBoard } from './faults/faults'
import { createFaults } from './faults/faults'
import { createFaultReach } from './faults/create-reach'
import type { Frames } from './frames/frames'
import { createFrames } from './frames/frames'
import { createHolders } from './frames/holders'
import { judge } from './frames/watch/judge'
import { probe } from './frames/watch/probe'
import type { FrameWatch } from './frames/watch/watch'
import { createFrameWatch } from './frames/watch/watch'
import { createHolds } from './holds'
import type { LogInput } from './log/log'
import { createPlacements } from './frames/placements'
import type { Workers } from './frames/workers'
import { createWorkers } from './frames/workers'
import type { Installation } from './installation'
import { createInstallation } from './installation'
import { createLog } from './log/log'
import type { EngineOptions } from './option-types'
import { resolvePortalOptions } from './options'
import { createAuthorize } from './people/authorization'
import { createOptionStore } from './people/option-store'
import type { People } from './people/people'
import { createPeople } from './people/people'
import { createTokens } from './people/tokens'
import type { Push } from './push/push'
import { createPush } from './push/push'
import { createLimits } from './rest/limits'
import { createMethods } from './rest/methods'
import { createOwnMethods } from './rest/own-methods'
import { createRestService } from './rest/service'
import { createPortalRecording } from './recording/portal-recording'
import { randomHex } from './security/random'

/** Puts the parts of one portal together; `url` is the origin at which it listens. */
export function createEngine(options: EngineOptions, url: string): Engine {
  const changes = createChanges()
  const log = createLog()
  const memberId = randomHex()
  const domain = new URL(url).host
  const answers = createAnswers()

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
    onAnswer: answers.post,
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
  const holds = createHolds((event, origin) => void sendNow(event, origin), changes.notify)
  const { emit, send, sendNow } = createEmitter({ hub: () => push.hub, people, isHeld: holds.take, onSent: (event, origin) => recording.recorder.sent(event, origin) })
  const recording = createPortalRecording({
    record: options.record,
    recording: options.recording,
    people, changes, send, log,
    connections: () => push.hub.connections.length,
    cut: () => faults.on('cut-connections'),
    tellProblem: line => tellProblem(line, { source: 'portal', direction: 'note', title: line }),
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
  const own = createOwnMethods(options.rest)
  const rest = createRestService({
    own: own.current,
    restFile: options.restFile,
    methods: createMethods({ options, own: own.current, url, people, store, push, faults, events, queue, placements, installation, log, holders, send: event => send(event, 'rest'), onWorker: () => workers.start() }),
    scope: options.scope,
    faults,
    limits: createLimits(options.limits),
    fireEvent: events.fire,
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
    onAnswer: answers.post,
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
    recorder: recording.recorder,
    recording: recording.player,
    holds,
    authorize,
    emit,
    setRest(methods) {
      own.replace(methods)
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
    onAnswer: answers.subscribe,
    dispose() {
      recording.stop()
      stopListening()
      watch.dispose()
      workers.dispose()
      faults.dispose()
      push.dispose()
    },
  }
}

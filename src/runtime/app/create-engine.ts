import type { PullConnection, PullConnectionState, PullGap, PullMessage, PullSession, PullStatusChange } from '../types'
import { PullError } from '../utils/errors'
import type { FrameScheduler } from '../utils/frame-scheduler'
import type { PullLogger } from '../utils/logger'
import { idOf, withId } from '../utils/message-id'
import { createRepeatFilter, takeId } from '../rest/event-id'
import { takeMark } from '../rest/own-mark'
import type { PullBrowserOptions } from './app-options'
import { deepFreeze } from './hub/deep-freeze'
import { deliver } from './hub/deliver'
import type { EngineWitness, WitnessedEngine } from './hub/engine-key'
import { createHub, notListening } from './hub/hub'
import { checkNames } from './hub/subscription'
import type { Listening, Subscription } from './hub/subscription'
import { createRecorder } from './stores/recorder'
import type { PullStore } from './stores/usePullStore'

/** What a pull gives its engine. */
export interface EngineParts {
  options: PullBrowserOptions
  store: PullStore
  /** When messages are written to the store; by default with the next animation frame. */
  createScheduler?: (write: () => void) => FrameScheduler
  logger: PullLogger
  /** By which this page knows what it sent itself. */
  pageId: string
  report: (error: PullError, message?: PullMessage) => void
  /** Told of every message, before its handlers, and whether this page sent it. */
  onMessage: (message: PullMessage, isOwn: boolean) => void
  /** Told at every step of the connection where it stands. */
  onState: (state: PullConnectionState) => void
  onSession: (session: PullSession) => void
  onGap: (gap: PullGap) => void
}

/** What works once an app connects: connection, hub and recorder. */
export interface Engine extends WitnessedEngine {
  /** Takes a message in: hook, store and handlers. */
  receive: (message: PullMessage) => void
  /** Names may be in any case. Of those that are none it tells the subscription and the app, in the place of hearing anything. */
  subscribe: (subscription: Subscription) => Listening
  /** Each call of what it answers hands the listener one recorded message that matches: the newest, then the one before. */
  replay: (subscription: Subscription) => () => void
  /** Hears the connection no more, and writes what the store does not show yet. */
  dispose: () => void
}

/** An engine over a connection of any kind. */
export function createEngine({ options, store, createScheduler, logger, pageId, report, onMessage, onState, onSession, onGap }: EngineParts, inner: PullConnection): Engine {
  const recorder = createRecorder(store, options.history, createScheduler)
  const recorded = new Set(options.modules.map(module => module.toLowerCase()))
  const witnesses = new Set<EngineWitness>()
  const connection: PullConnection = Object.create(inner, { call: { value: (method: string, params: Record<string, unknown>) => {
    const answer = inner.call(method, params)
    for (const { onCall } of witnesses) onCall(method, params, answer)
    return answer
  } } })
  /** Messages that this page sent itself. */
  const own = new WeakSet<PullMessage>()
  const hub = createHub(report, message => own.has(message))
  /** Of events that a back end sent again because an answer was lost. */
  const isRepeat = createRepeatFilter()

  function receive(received: PullMessage): void {
    const { message: known, id } = takeId(received)
    if (isRepeat(id)) return
    const { message, from } = takeMark(known)
    if (process.env.NODE_ENV !== 'production' && message !== received) withId(message, idOf(received))
    const isOwn = from === pageId
    if (isOwn) own.add(message)
    if (process.env.NODE_ENV !== 'production') deepFreeze(message)
    onMessage(message, isOwn)
    for (const witness of witnesses) witness.onMessage(message)
    if (message.type !== 'online' && (recorded.has(message.module) || hub.listensTo(message.type, message.module))) recorder.record(message)
    hub.dispatch(message)
  }

  const offs = [
    connection.onMessage(receive),
    connection.onStatus((change) => {
      logStatus(logger, change)
      onState(connection.state)
    }),
    connection.onSession(onSession),
    connection.onGap(onGap),
  ]

  return {
    connection,
    witness(witness) {
      witnesses.add(witness)
      return () => void witnesses.delete(witness)
    },
    receive,
    subscribe(given) {
      const subscription = withNames(given)
      if (!(subscription instanceof PullError)) return hub.subscribe(subscription)
      given.shown?.setError(subscription)
      given.onError?.(subscription)
      report(subscription)
      return notListening
    },
    replay(given) {
      const subscription = withNames(given)
      // It was told of when it was subscribed.
      if (subscription instanceof PullError) return () => {}
      const { type, module, commands, ignoreOwn } = subscription
      const names = [commands].flat()
      const matches = recorder.recorded().filter(message => message.type === type
        && !(ignoreOwn && own.has(message))
        && (module === '*' || module === message.module)
        && (names[0] === '*' || names.includes(message.command)))
      return () => {
        const newest = matches.pop()
        if (newest) deliver(subscription, newest, report)
      }
    },
    dispose() {
      for (const off of offs) off()
      recorder.dispose()
    },
  }
}

/** With names as messages bear them, or what is wrong with them. */
function withNames(subscription: Subscription): Subscription | PullError {
  try {
    return checkNames(subscription)
  }
  catch (problem) {
    return problem as PullError
  }
}

function logStatus(logger: PullLogger, { previous, current, reason }: PullStatusChange): void {
  if (previous === current) return
  const text = reason ? `${reason.message} ${reason.fix}` : ''
  if (current === 'failed' && reason?.code === 'NOT_IN_FRAME') logger.notice(text)
  else if (current === 'failed') logger.error(text, reason?.cause ?? '')
  else if (current === 'suspended') logger.warn(`No connection for two minutes: data may be stale. ${text}`)
  else logger.debug(`Status: ${current}`, text)
}

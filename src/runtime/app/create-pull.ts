import { markRaw, shallowRef } from 'vue'
import type { App, EffectScope } from 'vue'
import type { Pull, PullConnectionState, PullGap, PullMessage, PullRuntimeHooks, PullStatusChange, Unsubscribe } from '../types'
import type { SchemaLookup } from '../schema/command-schemas'
import { createEmitter } from '../utils/emitter'
import { argumentError } from '../utils/argument-error'
import type { PullError } from '../utils/errors'
import { createLogger } from '../utils/logger'
import type { PullLogger } from '../utils/logger'
import { createPageId } from '../utils/page-id'
import { createLoader } from './client/loader'
import type { ConnectionControls } from './client/loader'
import { initialSession, initialState, toStatusChange } from './client/retry/status-change'
import { attachProbe } from './attach-probe'
import type { Engine, EngineParts } from './create-engine'
import { preloadFrameSdk } from './frame/load-sdk'
import { engineKey } from './hub/engine-key'
import type { EngineOwner } from './hub/engine-key'
import { listenProbed } from './hub/listen-probed'
import type { Probe } from './hub/probe'
import { checkNames } from './hub/subscription'
import type { Listening, Subscription } from './hub/subscription'
import { pullKey } from './pull-context'
import type { PullContext, PullService } from './pull-context'
import { createPullRefs } from './pull-refs'

/** What an app hears of its whole pull: Nuxt's runtime hooks by the last part of their names, and what they are called with. */
export type PullTold = { [Name in keyof PullRuntimeHooks]: Name extends `b24-pull:${infer Part}` ? [name: Part, ...Parameters<PullRuntimeHooks[Name]>] : never }[keyof PullRuntimeHooks]

export interface CreatePullOptions extends Pick<EngineParts, 'options' | 'store'> {
  /** The app's schemas: subscriptions without one of their own validate by them, and so does sending. */
  schemaOf?: SchemaLookup
  /** By default as verbose as the options say. */
  logger?: PullLogger
  /** The scope that lives as long as the app: subscriptions in it are watched for repeats in development. */
  appScope?: EffectScope
  /** Tells the app; what it throws, now or later, reaches neither the connection nor the handlers. */
  tell?: (...told: PullTold) => unknown
  /** Makes an engine that is there from the start; by default the code of one is loaded with the first start. */
  createEngine?: (parts: EngineParts) => Engine
}

/** The pull of one app. */
export interface CreatedPull {
  context: PullContext
  /** Gives it to the components of the app, and ends it with the app. */
  install: (app: App) => void
  /** Ends everything: the connection with its timers and listeners, and pending writes to the store. */
  dispose: () => void
}

/**
 * Puts a pull together: who wants to hear what, and where the connection stands. This is what the app's entry has of it; what
 * arrives is the engine's business. A probe watches what becomes of messages, in development.
 */
export function createPull({ options, store, schemaOf, logger = createLogger(options.logLevel), appScope, tell: tellApp, createEngine }: CreatePullOptions, probe?: Probe): CreatedPull {
  const pageId = createPageId()
  const statuses = createEmitter<PullStatusChange>()
  const gaps = createEmitter<PullGap>()
  const arrivals = createEmitter<Engine>()
  const services = new Map<(context: PullContext) => PullService, PullService>()
  const session = shallowRef(initialSession)
  const state = shallowRef(initialState)
  /** The same, for whoever shall not be run again by it. */
  let current = initialState
  let engine: Engine | undefined

  const loader = createLoader(async () => {
    preloadFrameSdk()
    // Not taken apart at once: of that Vite makes twice the code.
    const code = await import('./engine')
    return adopt(code.createPortalEngine)
  }, show)
  let connection: ConnectionControls = loader
  if (createEngine) ({ state: current, session: session.value } = adopt(createEngine).connection)
  onStatus()
  statuses.on(onStatus)
  gaps.on(gap => tell('gap', gap))

  /** From here on it is the engine that connects. */
  function adopt(create: (parts: EngineParts) => Engine): Engine {
    const made = engine = create({
      options, store, logger, pageId, report,
      onMessage(message, isOwn) {
        if (process.env.NODE_ENV !== 'production') probe?.arrived(message, isOwn)
        tell('message', message)
      },
      onState: show,
      onSession(known) {
        // The SDK's classes have private fields, which a reactive proxy cannot reach.
        if (known.frame) markRaw(known.frame)
        session.value = known
      },
      onGap: gaps.emit,
    })
    connection = made.connection
    arrivals.emit(made)
    return made
  }

  /** Subscribes as soon as there is an engine. What this returns ends the subscription, before and after. */
  function whenThere(subscribe: (engine: Engine) => Unsubscribe): Unsubscribe {
    let end = engine
      ? subscribe(engine)
      : arrivals.on((made) => {
          end()
          end = subscribe(made)
        })
    return () => end()
  }

  function show(next: PullConnectionState): void {
    statuses.emit(toStatusChange(current, current = next))
  }

  /** @param change none at the very beginning */
  function onStatus(change?: PullStatusChange): void {
    const { status, reason } = state.value = current
    Object.assign(store, { status, reason })
    if (!change || change.previous === change.current) return
    // The engine logs how the connection fares, but not that its own code is missing.
    if (!engine && change.reason) logger.error(`${change.reason}`, change.reason.cause)
    tell('status', change)
  }

  function tell(...told: PullTold): void {
    // Called at once; what it throws is a rejection, too.
    ;(async () => tellApp?.(...told))().catch(error => logger.error(`A listener of '${told[0]}' failed.`, error))
  }

  function report(error: PullError, message?: PullMessage): void {
    logger.error(error.message, error.cause ?? error.fix)
    tell('error', error, message)
  }

  function listen(subscription: Subscription): Listening {
    if (process.env.NODE_ENV !== 'production') {
      // Told where it is written. The engine tells the error hook.
      const { module } = checkNames(subscription)
      if (module !== subscription.module) logger.warn(`Module ids are compared in lower case: '${subscription.module}' is heard as '${module}'.`)
    }
    // With a list of its own: the app may change the one that it gave.
    return engine ? engine.subscribe(subscription) : { leave: listenLater({ ...subscription, commands: [subscription.commands].flat() }) }
  }

  function listenLater(subscription: Subscription): Unsubscribe {
    return whenThere(engine => endOf(engine.subscribe(subscription)))
  }

  /** Starts, and waits until it is known how that went. Never rejects. */
  function start(): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        if (!/connected|failed|closed/.test(current.status)) return
        off()
        resolve()
      }
      const off = statuses.on(settle)
      connection.start()
      settle()
    })
  }

  const pull: Pull & EngineOwner = {
    ...createPullRefs(state, session),
    [engineKey]: whenThere,
    start,
    stop: () => connection.stop(),
    reconnect: () => connection.reconnect(),
    on: (module, command, handler) => {
      if (process.env.NODE_ENV !== 'production' && typeof handler !== 'function') throw argumentError('The handler of on()', handler, 'a function')
      const subscription: Subscription = {
        type: 'server',
        module,
        commands: command,
        handler: handler as Subscription['handler'],
      }
      return endOf(process.env.NODE_ENV !== 'production' && probe ? listenProbed(probe, '$b24Pull.on', subscription, listen) : listen(subscription))
    },
  }

  const context: PullContext = {
    pull,
    logger,
    appScope,
    connection: {
      get state() {
        return current
      },
      onStatus: statuses.on,
      onGap: gaps.on,
      watchUser: (userId, listener) => whenThere(({ connection }) => connection.watchUser(userId, listener)),
    },
    listen,
    engine: async () => engine ?? loader.load(),
    replay: subscription => engine?.replay(subscription),
    report,
    reportGap: gaps.emit,
    schemaOf,
    pageId,
    service<T extends PullService>(create: (context: PullContext) => T): T {
      const made = services.get(create) ?? create(context)
      services.set(create, made)
      return made as T
    },
    call: (method, params) => connection.call(method, params),
  }
  if (process.env.NODE_ENV !== 'production' && probe) {
    attachProbe(probe, context, { current: session, on: listener => whenThere(({ connection }) => connection.onSession(listener)) })
  }

  function dispose(): void {
    connection.stop()
    services.forEach(({ dispose }) => dispose())
    engine?.dispose()
  }

  return {
    context,
    install(app) {
      app.provide(pullKey, context)
      app.onUnmount(dispose)
    },
    dispose,
  }
}

/** As apps end it. */
const endOf = (listening: Listening): Unsubscribe => () => listening.leave()

import { computed, markRaw, shallowRef } from 'vue'
import type { App, EffectScope } from 'vue'
import type { Pull, PullConnection, PullGap, PullMessage, PullRuntimeHooks, PullStatusChange, Unsubscribe } from '../types'
import type { SchemaLookup } from '../schema/command-schemas'
import { createEmitter } from '../utils/emitter'
import { argumentError } from '../utils/argument-error'
import { isDev } from '../utils/env'
import type { PullError } from '../utils/errors'
import { createLogger } from '../utils/logger'
import type { PullLogger } from '../utils/logger'
import { normalizeCommands, normalizeModule } from '../utils/names'
import { createPageId } from '../utils/page-id'
import { createWaitingList } from '../utils/waiting-list'
import { lazyConnection } from './client/lazy-connection'
import { orLoadFailed } from './client/load-problems'
import { preloadSdk } from './client/preload-sdk'
import type { Engine, EngineParts } from './create-engine'
import { listenProbed } from './hub/listen-probed'
import type { Probe } from './hub/probe'
import type { Subscription } from './hub/subscription'
import { pullKey } from './pull-context'
import type { PullContext, PullService } from './pull-context'
import { writeState } from './stores/usePullStore'

/** What an app hears of its whole pull: Nuxt's runtime hooks by the last part of their names, and what they are called with. */
export type PullTold = { [Name in keyof PullRuntimeHooks]: Name extends `b24-pull:${infer Part}` ? [name: Part, ...Parameters<PullRuntimeHooks[Name]>] : never }[keyof PullRuntimeHooks]

export interface CreatePullOptions extends Pick<EngineParts, 'options' | 'store' | 'createScheduler'> {
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
export function createPull({ options, store, createScheduler, schemaOf, logger = createLogger(options.logLevel), appScope, tell: tellApp, createEngine }: CreatePullOptions, probe?: Probe): CreatedPull {
  const pageId = createPageId()
  const gaps = createEmitter<PullGap>()
  const subscriptions = createWaitingList<Engine>()
  const services = new Map<(context: PullContext) => PullService, PullService>()
  const parts: EngineParts = { options, store, createScheduler, logger, pageId, report, onMessage: message => tell('message', message) }
  if (isDev && probe) {
    parts.onMessage = (message, isOwn) => {
      probe.arrived(message, isOwn)
      tell('message', message)
    }
  }
  let engine: Engine | undefined

  function tell(...told: PullTold): void {
    // Called at once; what it throws is a rejection, too.
    new Promise(resolve => resolve(tellApp?.(...told))).catch(error => logger.error(`A listener of '${told[0]}' failed.`, error))
  }

  function adopt(made: Engine): Engine {
    subscriptions.arrived(engine = made)
    return made
  }

  async function loadEngine(): Promise<Engine> {
    const { createPortalEngine } = await import('./engine')
    return engine ?? adopt(createPortalEngine(parts))
  }

  const connection = createEngine
    ? adopt(createEngine(parts)).connection
    : lazyConnection(() => {
        preloadSdk()
        return loadEngine().then(({ connection }) => connection)
      })

  const state = shallowRef(connection.state)
  writeState(store, connection.state)
  const session = shallowRef(connection.session)

  function onStatus(change: PullStatusChange): void {
    state.value = connection.state
    writeState(store, connection.state)
    if (change.previous === change.current) return
    // The engine logs how the connection fares, but not that its own code is missing.
    if (!engine && change.reason) logger.error(`${change.reason.message} ${change.reason.fix}`, change.reason.cause)
    tell('status', change)
  }

  const offs = [
    connection.onStatus(onStatus),
    connection.onSession(({ frame }) => {
      // The SDK's classes have private fields, which a reactive proxy cannot reach.
      if (frame) markRaw(frame)
      session.value = connection.session
    }),
    gaps.on(gap => tell('gap', gap)),
    connection.onGap(gaps.emit),
  ]

  function report(error: PullError, message?: PullMessage): void {
    logger.error(error.message, error.cause ?? error.fix)
    tell('error', error, message)
  }

  /** @throws PullError `MODULE_ID_ERROR`, `MODULE_RESERVED`, `COMMAND_ERROR` */
  function check({ type, module, commands, listener, onError, ignoreOwn }: Subscription): Subscription {
    // All in one shape: a storm reads them thousands of times a second.
    return { type, module: normalizeModule(module), commands: normalizeCommands(commands), listener, onError, ignoreOwn }
  }

  function listen(given: Subscription): Unsubscribe {
    const subscription = check(given)
    if (isDev && subscription.module !== given.module) {
      logger.warn(`Module ids are compared in lower case: '${given.module}' is heard as '${subscription.module}'.`)
    }
    return subscriptions.add(engine => engine.subscribe(subscription))
  }

  const pull: Pull = {
    status: computed(() => state.value.status),
    reason: computed(() => state.value.reason),
    isConnected: computed(() => state.value.status === 'connected'),
    attempt: computed(() => state.value.attempt),
    nextRetryAt: computed(() => state.value.nextRetryAt),
    transport: computed(() => session.value.transport),
    role: computed(() => session.value.role),
    userId: computed(() => session.value.userId),
    frame: computed(() => session.value.frame),
    start: () => startAndSettle(connection),
    stop: connection.stop,
    reconnect: connection.reconnect,
    on: (module, command, handler) => {
      if (isDev && typeof handler !== 'function') throw argumentError('The handler of on()', handler, 'a function')
      const subscription: Subscription = {
        type: 'server',
        module,
        commands: [command].flat(),
        listener: message => (handler as (params: unknown, message: unknown) => unknown)(message.params, message),
      }
      return isDev && probe ? listenProbed(probe, '$b24Pull.on', subscription, listen) : listen(subscription)
    },
  }

  const context: PullContext = {
    pull,
    logger,
    appScope,
    connection: {
      get state() {
        return connection.state
      },
      onStatus: connection.onStatus,
      onGap: gaps.on,
      watchUser: connection.watchUser,
    },
    listen,
    engine: async () => engine ?? orLoadFailed(loadEngine()),
    replay: subscription => engine?.replay(check(subscription)),
    report,
    reportGap: gaps.emit,
    schemaOf,
    pageId,
    service<T extends PullService>(create: (context: PullContext) => T): T {
      const made = services.get(create) ?? create(context)
      services.set(create, made)
      return made as T
    },
    call: isDev && probe ? probe.tapCall(connection.call) : connection.call,
  }
  if (isDev && probe) {
    Object.assign(context, { probe })
    offs.push(probe.attach(pull, connection))
  }

  function dispose(): void {
    connection.stop()
    for (const { dispose } of services.values()) dispose()
    for (const off of offs) off()
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

/** Starts, and waits until it is known how that went. Never rejects. */
function startAndSettle(connection: PullConnection): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      const { status } = connection.state
      if (status !== 'connected' && status !== 'failed' && status !== 'closed') return
      off()
      resolve()
    }
    const off = connection.onStatus(settle)
    connection.start()
    settle()
  })
}

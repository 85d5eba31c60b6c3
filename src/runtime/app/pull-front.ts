import { computed, type EffectScope, markRaw, shallowRef } from 'vue'
import type { Pull, PullConnection, PullGap, PullMessage, PullStatusChange, Unsubscribe } from '../types'
import type { SchemaLookup } from '../schema/command-schemas'
import { createEmitter } from '../utils/emitter'
import { isDev } from '../utils/env'
import type { PullError } from '../utils/errors'
import type { FrameScheduler } from '../utils/frame-scheduler'
import type { PullLogger } from '../utils/logger'
import { normalizeCommands, normalizeModule } from '../utils/names'
import { createPageId } from '../utils/page-id'
import { createWaitingList } from '../utils/waiting-list'
import type { ListenRequest, PullContext, PullService } from './pull-context'
import type { CheckedRequest, Receiver, ReceiverParts } from './receiver'
import { type PullStore, writeState } from './stores/usePullStore'

export interface CreatePullOptions {
  connection: PullConnection
  store: PullStore
  /** Module ids recorded in the store even while no component listens. */
  modules: readonly string[]
  /** Messages the store keeps. */
  history: number
  /** The app's schemas: subscriptions without one of their own validate by them, and so does sending. */
  schemaOf?: SchemaLookup
  logger: PullLogger
  /** The scope that lives as long as the app: subscriptions in it are watched for repeats in development. */
  appScope?: EffectScope
  /** When messages are written to the store; by default with the next animation frame. */
  createScheduler?: (write: () => void) => FrameScheduler
  onMessage?: (message: PullMessage) => void
  onStatus?: (change: PullStatusChange) => void
  onGap?: (gap: PullGap) => void
  onError?: (error: PullError, message?: PullMessage) => void
}

/** The pull of one app. */
export interface CreatedPull {
  context: PullContext
  /** Ends everything: the connection with its timers and listeners, and pending writes to the store. */
  dispose: () => void
}

/**
 * The half of a pull that is in the app's entry: who wants to hear what, and where the connection stands. What arrives is the
 * business of the receiver, whose code loads with that of the connection.
 */
export function createPullFront(options: CreatePullOptions): CreatedPull {
  const { connection, logger, store } = options
  const gaps = createEmitter<PullGap>()
  let receiver: Receiver | undefined
  const listeners = createWaitingList<Receiver>()

  const state = shallowRef(connection.state)
  writeState(store, connection.state)
  const session = shallowRef(connection.session)

  const pageId = createPageId()

  function onStatus(change: PullStatusChange): void {
    state.value = connection.state
    writeState(store, connection.state)
    if (change.previous === change.current) return
    receiver?.logStatus(change)
    options.onStatus?.(change)
  }

  const offs = [
    connection.onMessage(message => receiver?.receive(message)),
    connection.onStatus(onStatus),
    connection.onSession(({ frame }) => {
      // The SDK's classes have private fields, which a reactive proxy cannot reach.
      if (frame) markRaw(frame)
      session.value = connection.session
    }),
    gaps.on(gap => options.onGap?.(gap)),
    connection.onGap(gaps.emit),
  ]

  function report(error: PullError, message?: PullMessage): void {
    logger.error(error.message, error.cause ?? error.fix)
    options.onError?.(error, message)
  }

  function check(request: ListenRequest): CheckedRequest {
    return { ...request, module: normalizeModule(request.module), commands: normalizeCommands(request.command) }
  }

  function listen(request: ListenRequest): Unsubscribe {
    const checked = check(request)
    if (isDev && checked.module !== request.module) {
      logger.warn(`Module ids are compared in lower case: '${request.module}' is heard as '${checked.module}'.`)
    }
    return listeners.add(receiver => receiver.subscribe(checked))
  }

  function attach(create: (parts: ReceiverParts) => Receiver): Receiver {
    const made = receiver = create({ ...options, pageId, report })
    listeners.arrived(made)
    return made
  }

  const pull: Pull = {
    status: computed(() => state.value.status),
    reason: computed(() => state.value.reason),
    isConnected: computed(() => state.value.status === 'connected'),
    attempt: computed(() => state.value.attempt),
    nextRetryAt: computed(() => state.value.nextRetryAt),
    transport: computed(() => session.value.transport),
    userId: computed(() => session.value.userId),
    frame: computed(() => session.value.frame),
    start: () => startAndSettle(connection),
    stop: connection.stop,
    reconnect: connection.reconnect,
    on: (module, command, handler) => listen({
      type: 'server',
      module,
      command,
      listener: message => (handler as (params: unknown, message: unknown) => unknown)(message.params, message),
    }),
  }

  const services = new Map<(context: PullContext) => PullService, PullService>()

  function service<T extends PullService>(create: (context: PullContext) => T): T {
    const made = services.get(create) ?? create(context)
    services.set(create, made)
    return made as T
  }

  const context: PullContext = {
    pull,
    logger,
    appScope: options.appScope,
    connection: {
      get state() {
        return connection.state
      },
      onStatus: connection.onStatus,
      onGap: gaps.on,
      watchUser: connection.watchUser,
    },
    listen,
    receiver: create => receiver ?? attach(create),
    replay: request => receiver?.replay(check(request)),
    report,
    reportGap: gaps.emit,
    schemaOf: options.schemaOf,
    pageId,
    service,
    call: connection.call,
  }

  return {
    context,
    dispose() {
      connection.stop()
      for (const { dispose } of services.values()) dispose()
      for (const off of offs) off()
      receiver?.dispose()
    },
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

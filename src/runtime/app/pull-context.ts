import { getCurrentInstance, hasInjectionContext, inject } from 'vue'
import type { EffectScope, InjectionKey } from 'vue'
import type { Pull, PullConnection, PullGap, PullMessage } from '../types'
import type { SchemaLookup } from '../schema/command-schemas'
import { isBrowser } from '../utils/env'
import { PullError } from '../utils/errors'
import type { PullLogger } from '../utils/logger'
import type { Probe } from './hub/probe'
import type { Listening, Subscription } from './hub/subscription'

/** What the components of an app share of one kind, made when the first of them needs it. */
export interface PullService {
  /** Ends its timers and listeners. */
  dispose: () => void
}

/** What composables share beyond the public {@link Pull}. */
export interface PullContext {
  readonly pull: Pull
  readonly logger: PullLogger
  /** Names may be in any case. @throws PullError `MODULE_ID_ERROR`, `MODULE_RESERVED`, `COMMAND_ERROR` in development; else the subscription is told */
  listen: (subscription: Subscription) => Listening
  /** Each call of what it answers delivers one recorded message that the subscription would hear: the newest, then the one before. */
  replay: (subscription: Subscription) => (() => void) | undefined
  /** Calls a REST method as the app's user. @throws PullError */
  call: (method: string, params: Record<string, unknown>) => Promise<unknown>
  /** What takes messages in and hands them on. Its code is loaded, where that has not happened yet. @throws PullError `LOAD_FAILED` */
  engine: () => Promise<{ receive: (message: PullMessage) => void }>
  /** What of the connection concerns composables. */
  readonly connection: Pick<PullConnection, 'state' | 'onStatus' | 'onGap' | 'watchUser'>
  /** The app's one service that `create` makes; made with the first call, ended with the app. */
  service: <T extends PullService>(create: (context: PullContext) => T) => T
  /** Tells the log and the error hook. */
  report: (error: PullError, message?: PullMessage) => void
  /** Tells of messages that were lost on this side of the connection. */
  reportGap: (gap: PullGap) => void
  /** Schemas of the option `commands`, where the app gives it. */
  readonly schemaOf: SchemaLookup | undefined
  /** By which this page knows what it sent itself. */
  readonly pageId: string
  /** The scope that lives as long as the app. */
  readonly appScope: EffectScope | undefined
  /** Watches what becomes of messages, in development. */
  readonly probe?: Probe
}

/**
 * From the global registry: a test runner, or a bundler's pre-bundling, may load this file twice, once for composables and
 * once for the entry that provides, and both have to mean the same key.
 */
export const pullKey: InjectionKey<PullContext> = Symbol.for('nuxt-b24-pull')

/**
 * The instance of the app at hand, for who listens; `null` on the server, where composables are inert, and in an app without a
 * pull, where it is said that nothing will be heard.
 *
 * @param caller name of the composable, for the error
 * @throws PullError `NO_CONTEXT` in the browser, where no app can be told from the place of the call
 */
export function injectPull(caller: string): PullContext | null {
  const context = findPull(caller)
  if (!context && isBrowser) {
    const app = getCurrentInstance()?.appContext
    import('./services/no-pull').then(({ warnOfNoPull }) => warnOfNoPull(caller, app), () => {})
  }
  return context
}

/**
 * The same for who only sends: that there is no pull is told when something is sent.
 *
 * @param caller name of the composable, for the error
 * @throws PullError `NO_CONTEXT`
 */
export function findPull(caller: string): PullContext | null {
  if (hasInjectionContext()) return inject(pullKey, null)
  if (!isBrowser) return null
  throw new PullError({
    code: 'NO_CONTEXT',
    message: `${caller}() was called where no app can be told: in a timer, an event handler, a watcher, or after an await in a plugin.`,
    why: 'Vue knows the current app only in setup, in hooks, in plugins before their first await, and inside runWithContext().',
    fix: `Call ${caller}() in setup, with a getter in place of a watcher that calls it again: ${caller}(() => …); or by the app's runWithContext(). To listen from elsewhere, there is $b24Pull.on(…): of useNuxtApp(), or without Nuxt of app.config.globalProperties.`,
  })
}

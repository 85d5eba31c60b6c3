import { createPinia } from 'pinia'
import type { Pinia } from 'pinia'
import type { App, Plugin } from 'vue'
import { defaultAppOptions } from '../runtime/app/app-options'
import type { PullAppOptions } from '../runtime/app/app-options'
import { createPull } from '../runtime/app/create-pull'
import { inspectPull } from '../runtime/app/inspect/inspect-pull'
import { usePullStore } from '../runtime/app/stores/usePullStore'
import type { Pull, PullCommandSchemas, PullRuntimeHooks } from '../runtime/types'
import { appOptionRules, findOptionProblems } from '../runtime/app/option-rules'
import type { OptionRule } from '../runtime/app/option-rules'
import { argumentError } from '../runtime/utils/argument-error'
import { isBrowser } from '../runtime/utils/env'
import { PullError } from '../runtime/utils/errors'
import { isRecord } from '../runtime/utils/is-record'
import { withoutUndefined } from '../runtime/utils/without-undefined'
import { createSchemaLookup } from '../runtime/schema/command-schemas'

/** What an app may hear of its whole pull: Nuxt's runtime hooks under names of their own. */
export interface PullListeners {
  /** Every message, before its handlers. */
  onMessage?: PullRuntimeHooks['b24-pull:message']
  /** Every change of the status word. */
  onStatus?: PullRuntimeHooks['b24-pull:status']
  /** Messages may have been missed: fetch again what must be right. */
  onGap?: PullRuntimeHooks['b24-pull:gap']
  /**
   * A handler, filter, schema, fetcher or reducer failed or could not keep up, what a fetcher brought is no message, a tag was refused or could
   * not be asked for, a `send()` or `notify()` failed, or a name, id or tag is none that changed later or was given in a production build.
   * Broken frames are warned of in the console.
   */
  onError?: PullRuntimeHooks['b24-pull:error']
}

/** Options of {@link createB24Pull}. What is left out has its default. */
export interface B24PullOptions extends Partial<PullAppOptions>, PullListeners {
  /** Schemas by module id and command: subscriptions without one of their own validate by them, and so does sending. */
  commands?: PullCommandSchemas
}

declare module 'vue' {
  interface ComponentCustomProperties {
    /** The pull of this app: what `usePull()` returns. */
    $b24Pull: Pull
  }
}

/**
 * Bitrix24 Push & Pull for a Vue app without Nuxt: one connection, which starts when the app has mounted, and the
 * composables of this entry. An app without Pinia gets one; an app's own Pinia has to be installed before.
 *
 * Inert on the server. Code outside components finds the pull as `app.config.globalProperties.$b24Pull`.
 *
 * @param options as in `nuxt.config`, and listeners in place of Nuxt's runtime hooks; checked in development
 * @throws PullError `ARGUMENT_ERROR` for options that are wrong, or where the app has a pull already
 *
 * @example
 * ```ts
 * import { createB24Pull } from 'nuxt-b24-pull/vue'
 * import { createApp, h } from 'vue'
 *
 * createApp({ render: () => h('p', 'My app') }).use(createB24Pull({ history: 50 })).mount('#app')
 * ```
 */
export function createB24Pull(options: B24PullOptions = {}): Plugin<[]> {
  if (process.env.NODE_ENV !== 'production') checkOptions(options)
  return {
    install(app: App) {
      if (process.env.NODE_ENV !== 'production' && '$b24Pull' in app.config.globalProperties) throw usedTwice()
      const ownPinia = installedPinia(app) ? null : createPinia()
      if (ownPinia) app.use(ownPinia)
      if (!isBrowser) return

      const settings = { ...defaultAppOptions, ...withoutUndefined(options) }
      const listeners = { message: options.onMessage, status: options.onStatus, gap: options.onGap, error: options.onError }
      const { context: { pull, logger }, install } = createPull({
        options: { ...settings, portalHint: process.env.NODE_ENV !== 'production' ? portalHint() : null },
        schemaOf: options.commands && createSchemaLookup(options.commands),
        store: usePullStore(ownPinia ?? installedPinia(app)),
        tell: (name, ...args) => (listeners[name] as ((...args: unknown[]) => unknown) | undefined)?.(...args),
      }, process.env.NODE_ENV !== 'production' ? inspectPull(app) : undefined)
      install(app)
      app.config.globalProperties.$b24Pull = pull
      whenMounted(app, () => {
        if (ownPinia && installedPinia(app) !== ownPinia) logger.error(latePinia.message, latePinia.fix)
        if (settings.autoStart) void pull.start()
      })
    },
  }
}

const isFunction = (given: unknown): boolean => given === undefined || typeof given === 'function'
const listener = { may: 'a function', isRight: isFunction }
const rules: Readonly<Record<keyof B24PullOptions, OptionRule>> = {
  ...appOptionRules,
  commands: { may: 'an object of schemas by module id and command', isRight: given => given === undefined || isRecord(given) },
  onMessage: listener,
  onStatus: listener,
  onGap: listener,
  onError: listener,
}

function checkOptions(options: unknown): void {
  if (!isRecord(options)) throw argumentError('The argument of createB24Pull()', options, 'an object of options')
  const problems = findOptionProblems({ ...defaultAppOptions, ...withoutUndefined(options) }, rules, '')
  if (problems.length) {
    throw optionError(problems.join('\n'), 'What is misspelt or of another kind would go unheard.', 'Correct what is named.')
  }
}

const usedTwice = (): PullError => optionError(
  'createB24Pull() is used twice by one app.',
  'An app has one pull: components would hear one of the two, and the other would hold a connection for nobody.',
  'Call app.use(createB24Pull()) once.',
)

const optionError = (message: string, why: string, fix: string): PullError => new PullError({ code: 'ARGUMENT_ERROR', message, why, fix })

const latePinia = {
  message: 'The app installed its Pinia after createB24Pull(), which had brought one of its own: usePullStore() stays empty.',
  fix: 'Call app.use(createPinia()) before app.use(createB24Pull()).',
}

function installedPinia(app: App): Pinia | undefined {
  return (app.config.globalProperties as { $pinia?: Pinia }).$pinia
}

function portalHint(): string {
  return `Run \`npx nuxt-b24-pull portal --app ${location.origin} --method get\` and open the address that it prints, or open the app in your Bitrix24.`
}

/** Plugins are told of no mount, and `createApp().use().mount()` leaves no other place to hear of it. */
function whenMounted(app: App, run: () => void): void {
  const { mount } = app
  app.mount = (...args) => {
    const root = mount(...args)
    run()
    return root
  }
}

import type { Pinia } from 'pinia'
import { type EffectScope, getCurrentScope } from 'vue'
import { defineNuxtPlugin, type Plugin } from '#app'
import schemaOf from '#build/b24-pull-commands.mjs'
import options from '#build/b24-pull-options.mjs'
import type { Pull, PullRuntimeHooks } from '../../types'
import { createLogger } from '../../utils/logger'
import { lazyConnection } from '../client/lazy-connection'
import { preloadSdk } from '../client/preload-sdk'
import { createPullFront } from '../pull-front'
import { pullKey } from '../pull-context'
import { usePullStore } from '../stores/usePullStore'

const plugin: Plugin<{ b24Pull: Pull }> = defineNuxtPlugin({
  // After Pinia's by their order in the app; `dependsOn` would bring Nuxt's resolver of dependencies into the entry.
  name: 'b24-pull',
  setup(nuxtApp) {
    const logger = createLogger(options.logLevel)

    /** A hook's own error must reach neither the connection nor the handlers. */
    const tell = <Name extends keyof PullRuntimeHooks>(name: Name, ...args: Parameters<PullRuntimeHooks[Name]>): void => {
      // Called at once; what it throws is a rejection, too.
      new Promise(resolve => resolve((nuxtApp.callHook as (...args: unknown[]) => unknown)(name, ...args)))
        .catch(error => logger.error(`A hook '${name}' failed.`, error))
    }

    const { context, dispose } = createPullFront({
      ...options,
      schemaOf,
      logger,
      appScope: getCurrentScope() as EffectScope | undefined,
      store: usePullStore(nuxtApp.$pinia as Pinia),
      connection: lazyConnection(async () => {
        preloadSdk()
        const { createReceiver, createSdkConnection } = await import('../receiving')
        context.receiver(createReceiver)
        return createSdkConnection({ ...options, logger })
      }),
      onMessage: message => tell('b24-pull:message', message),
      onStatus: change => tell('b24-pull:status', change),
      onGap: gap => tell('b24-pull:gap', gap),
      onError: (error, message) => tell('b24-pull:error', error, message),
    })

    nuxtApp.vueApp.provide(pullKey, context)
    nuxtApp.vueApp.onUnmount(dispose)

    if (options.autoStart) {
      const start = () => void context.pull.start()
      // What the server rendered says `idle`: hydration has to be over before that changes.
      nuxtApp.hooks.hookOnce('app:mounted', () => {
        if (nuxtApp.isHydrating && nuxtApp.payload.serverRendered) nuxtApp.hooks.hookOnce('app:suspense:resolve', start)
        else start()
      })
    }

    return { provide: { b24Pull: context.pull } }
  },
})

export default plugin

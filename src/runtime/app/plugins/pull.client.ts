import type { Pinia } from 'pinia'
import { getCurrentScope } from 'vue'
import type { EffectScope } from 'vue'
import { defineNuxtPlugin } from '#app'
import type { Plugin } from '#app'
import schemaOf from '#build/b24-pull-commands.mjs'
import options from '#build/b24-pull-options.mjs'
import type { Pull } from '../../types'
import { createPull } from '../create-pull'
import { inspectPull } from '../inspect/inspect-pull'
import { usePullStore } from '../stores/usePullStore'

const plugin: Plugin<{ b24Pull: Pull }> = defineNuxtPlugin({
  // After Pinia's by their order in the app; `dependsOn` would bring Nuxt's resolver of dependencies into the entry.
  name: 'b24-pull',
  setup(nuxtApp) {
    const { context: { pull }, install } = createPull({
      options,
      schemaOf,
      store: usePullStore(nuxtApp.$pinia as Pinia),
      // For warnings of development.
      appScope: process.env.NODE_ENV === 'production' ? undefined : getCurrentScope() as EffectScope | undefined,
      tell: (name, ...args) => (nuxtApp.callHook as (...args: unknown[]) => unknown)(`b24-pull:${name}`, ...args),
    }, process.env.NODE_ENV !== 'production' ? inspectPull(nuxtApp.vueApp) : undefined)
    install(nuxtApp.vueApp)

    if (options.autoStart) {
      const start = () => void pull.start()
      // What the server rendered says `idle`: hydration has to be over before that changes.
      nuxtApp.hooks.hookOnce('app:mounted', () => {
        if (nuxtApp.isHydrating && nuxtApp.payload.serverRendered) nuxtApp.hooks.hookOnce('app:suspense:resolve', start)
        else start()
      })
    }

    return { provide: { b24Pull: pull } }
  },
})

export default plugin

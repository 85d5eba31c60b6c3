import { addImports, addPlugin, addServerImports, addTemplate, addTypeTemplate, createResolver, defineNuxtModule } from '@nuxt/kit'
import { mergedDefaults, resolveOptions } from './options'
import type { ModuleOptions } from './options'
import { checkPortalOption } from './check-portal-option'
import { setupDevTools } from './setup-dev-tools'
import { setupDevPrebundle } from './setup-dev-prebundle'
import { setupDevStorage } from './setup-dev-storage'
import { setupPrefetch } from './setup-prefetch'
import { setupSdkProtobuf } from './setup-sdk-protobuf'
import { setupCommands } from './setup-commands'
import { setupDevPortal } from './setup-dev-portal'
import type { PullRuntimeHooks } from './runtime/types'
import type { PullBrowserOptions } from './runtime/app/app-options'

export type * from './runtime/types'
export type { ModuleOptions } from './options'

const composables = ['usePull', 'usePullCommand', 'usePullOnline', 'usePullRefresh', 'usePullSend', 'usePullState', 'usePullWatch', 'usePushNotification', 'useUserOnline']
const serverUtils = ['createPullSender', 'defineB24EventHandler', 'drainOfflineEvents', 'readB24Event', 'sendPullEvent', 'sendPushNotification']

export default defineNuxtModule<ModuleOptions>({
  meta: {
    name: 'nuxt-b24-pull',
    configKey: 'b24Pull',
    compatibility: { nuxt: '>=4.1.0' },
  },
  defaults: mergedDefaults,
  moduleDependencies: {
    '@pinia/nuxt': { version: '^0.11.1 || ^1.0.1' },
  },
  async setup(userOptions, nuxt) {
    const { portal, commands, ...options } = resolveOptions(userOptions)
    await checkPortalOption(portal)
    const { resolve } = createResolver(import.meta.url)
    const { hint: portalHint, url } = await setupDevPortal(portal, nuxt)
    setupDevTools(url, nuxt)
    setupDevPrebundle(nuxt)
    setupDevStorage(nuxt)
    setupPrefetch(nuxt)
    setupSdkProtobuf(resolve('./runtime/app/client/wire/push-protobuf'))
    await setupCommands(commands, resolve('./runtime'), nuxt)

    const clientOptions: PullBrowserOptions = { ...options, portalHint }
    addTemplate({
      filename: 'b24-pull-options.mjs',
      getContents: () => `export default ${JSON.stringify(clientOptions)}\n`,
    })
    addTypeTemplate({
      filename: 'types/b24-pull-options.d.ts',
      getContents: () => [
        'declare module \'#build/b24-pull-options.mjs\' {',
        `  const options: import(${JSON.stringify(resolve('./runtime/app/app-options'))}).PullBrowserOptions`,
        '  export default options',
        '}',
        '',
      ].join('\n'),
    })

    addPlugin(resolve('./runtime/app/plugins/pull.client'))
    addImports(composables.map(name => ({ name, from: resolve(`./runtime/app/composables/${name}`) })))
    addImports({ name: 'getReasonText', from: resolve('./runtime/texts/getReasonText') })
    addImports({ name: 'usePullStore', from: resolve('./runtime/app/stores/usePullStore') })
    addServerImports(serverUtils.map(name => ({ name, from: resolve(`./runtime/server/utils/${name}`) })))
  },
})

/** Runtime hooks, for module-builder, which types them for users. */
export type ModuleRuntimeHooks = PullRuntimeHooks

// The same inside this repository, where module-builder's types are not in play.
declare module '#app' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merges into Nuxt's own interface
  interface RuntimeNuxtHooks extends PullRuntimeHooks {}
}

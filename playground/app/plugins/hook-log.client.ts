import type { Ref, ShallowRef } from 'vue'
import type { Plugin } from '#app'

/** Something that a hook was told. */
export interface HookEntry {
  id: number
  /** ms since epoch */
  at: number
  hook: 'message' | 'status' | 'gap' | 'error'
  text: string
}

const KEPT = 50

/** Notes what the runtime hooks tell, from the start of the app on: long before the page that shows it is opened. */
const plugin: Plugin<{ hookLog: Readonly<ShallowRef<readonly HookEntry[]>>, pingsHeard: Readonly<Ref<number>> }> = defineNuxtPlugin({
  name: 'hook-log',
  dependsOn: ['b24-pull'],
  setup(nuxtApp) {
    const entries = shallowRef<readonly HookEntry[]>([])
    const pings = ref(0)
    let id = 0

    function note(hook: HookEntry['hook'], text: string) {
      entries.value = [{ id: ++id, at: Date.now(), hook, text }, ...entries.value].slice(0, KEPT)
    }

    nuxtApp.hook('b24-pull:message', ({ module, command, source }) => note('message', `${module}:${command}, by ${source}`))
    nuxtApp.hook('b24-pull:status', ({ previous, current, reason }) => note('status', `${previous} → ${current}${reason ? `: ${reason.code}` : ''}`))
    nuxtApp.hook('b24-pull:gap', ({ cause, from, to }) => note('gap', `${cause}, ${Math.round((to - from) / 1000)} s`))
    nuxtApp.hook('b24-pull:error', ({ code, message }) => note('error', `${code}: ${message}`))

    // Code outside components listens by on(), for as long as the app lives.
    nuxtApp.$b24Pull.on('application', 'ping', () => {
      pings.value++
    })

    return { provide: { hookLog: entries, pingsHeard: pings } }
  },
})

export default plugin

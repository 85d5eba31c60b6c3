import { mountSuspended } from '@nuxt/test-utils/runtime'
import { useNuxtApp, usePull, usePullCommand, usePullSend, usePullStore } from '#imports'
import { describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'

const Listener = defineComponent({
  setup() {
    const { count } = usePullCommand('application', 'ping')
    const { status, reason } = usePull()
    return () => h('p', `${status.value} ${reason.value?.code ?? ''} ${count.value}`)
  },
})

describe('inside a Nuxt app that is not in a portal', () => {
  it('ends in `failed` with the reason, when the app has mounted', async () => {
    const { $b24Pull } = useNuxtApp()
    await $b24Pull.start()
    expect($b24Pull.status.value).toBe('failed')
    expect($b24Pull.reason.value?.code).toBe('NOT_IN_FRAME')
  })

  it('mounts components that listen, without a throw', async () => {
    const wrapper = await mountSuspended(Listener)
    expect(wrapper.text()).toBe('failed NOT_IN_FRAME 0')
  })

  it('shows the same status in the store', () => {
    expect(usePullStore(useNuxtApp().$pinia).status).toBe('failed')
  })

  it('calls the typed runtime hook with each change of the status', async () => {
    const nuxtApp = useNuxtApp()
    const seen: string[] = []
    const off = nuxtApp.hook('b24-pull:status', change => seen.push(`${change.previous} → ${change.current}`))
    nuxtApp.$b24Pull.stop()
    await nuxtApp.$b24Pull.start()
    off()
    expect(seen).toEqual(['failed → closed', 'closed → connecting', 'connecting → failed'])
  })

  it('rejects a send with the reason why there is no connection', async () => {
    const { sendAsync } = await useNuxtApp().runWithContext(() => usePullSend())
    await expect(sendAsync('ping')).rejects.toMatchObject({ code: 'NOT_IN_FRAME' })
  })

  it('lets code outside components listen through the injected instance', () => {
    const off = useNuxtApp().$b24Pull.on('application', 'ping', () => {})
    expect(off).toBeTypeOf('function')
    off()
  })
})

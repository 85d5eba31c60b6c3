import { useNuxtApp, usePullSend } from '#imports'
import { describe, expect, it } from 'vitest'
import { createApp, h } from 'vue'

type Send = ReturnType<typeof usePullSend>

/** A toast as many libraries show it: an app of its own. */
function showToast(use: () => Send): Send {
  let result!: Send
  createApp({
    setup() {
      result = use()
      return () => h('p', 'Saved')
    },
  }).mount(document.createElement('div'))
  return result
}

describe('a toast mounted by its own createApp() in a Nuxt app', () => {
  it('is told that it cannot send, and how it can', async () => {
    const { sendAsync } = showToast(() => usePullSend())
    await expect(sendAsync('ping')).rejects.toMatchObject({ code: 'NO_PULL', fix: expect.stringContaining('useNuxtApp().vueApp.runWithContext(() => usePullSend(') })
  })

  it('sends as the app where it does what it is told', async () => {
    const { sendAsync } = showToast(() => useNuxtApp().vueApp.runWithContext(() => usePullSend()))
    // The app is in no portal, and says so: the toast has its pull.
    await useNuxtApp().$b24Pull.start()
    await expect(sendAsync('ping')).rejects.toMatchObject({ code: 'NOT_IN_FRAME' })
  })
})

import { createPinia } from 'pinia'
import { createSSRApp, h, ref } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { describe, expect, it, vi } from 'vitest'
import { usePull } from '../../../src/runtime/app/composables/usePull'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { usePullSend } from '../../../src/runtime/app/composables/usePullSend'
import { usePullStore } from '../../../src/runtime/app/stores/usePullStore'
import { createTestPull } from '../../support/mount-with-pull'

const handler = vi.fn()

/** A component that shows everything there is to show. */
const Everything = {
  async setup() {
    const command = ref('ping')
    const { data, count, error, isActive } = usePullCommand('application', command, handler, { replay: true, whileActive: true })
    const { status, reason, isConnected, attempt, userId, frame } = usePull()
    const { isSending } = usePullSend()
    const store = usePullStore()
    return () => h('p', JSON.stringify([
      data.value ?? null, count.value, error.value, isActive.value, status.value, reason.value, isConnected.value,
      attempt.value, userId.value, frame.value, isSending.value, store.status, store.messages.length, [...store.counts.keys()],
    ]))
  },
}

const markup = '<p>[null,0,null,true,&quot;idle&quot;,null,false,0,null,null,false,&quot;idle&quot;,0,[]]</p>'

describe('on the server', () => {
  it('renders what an app that has not connected yet shows', async () => {
    const app = createSSRApp(Everything)
    app.use(createPinia())
    await expect(renderToString(app)).resolves.toBe(markup)
  })

  it('renders the same as the browser does at first, so that hydration finds no difference', async () => {
    const pull = createTestPull({ isStarted: false })
    const app = createSSRApp(Everything)
    pull.install(app)
    await expect(renderToString(app)).resolves.toBe(markup)
  })

  it('is inert, also outside an app', async () => {
    const { pause, resume, stop } = usePullCommand('application', 'ping', handler, { replay: true })
    pause()
    resume()
    stop()
    await usePull().start()
    await usePullSend().send('ping')
    expect(usePull().status.value).toBe('idle')
    expect(handler).not.toHaveBeenCalled()
  })
})

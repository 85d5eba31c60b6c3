// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { h, nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import { usePull } from '../../../src/runtime/app/composables/usePull'
import { createTestPull, mountWithPull, useInComponent } from '../../support/mount-with-pull'

describe('usePull', () => {
  it('is the instance of the app', () => {
    const { result, pull } = useInComponent(() => usePull())
    expect(result).toBe(pull.context.pull)
  })

  it('renders the status as it changes', async () => {
    const pull = createTestPull({ isStarted: false })
    const wrapper = mountWithPull({
      setup() {
        const { status, isConnected } = usePull()
        return () => h('p', `${status.value} ${isConnected.value}`)
      },
    }, pull)
    expect(wrapper.text()).toBe('idle false')
    pull.connection.start()
    await nextTick()
    expect(wrapper.text()).toBe('connected true')
  })

  it('throws NO_CONTEXT where no app can be told', () => {
    expect(() => usePull()).toThrow(expect.objectContaining({ code: 'NO_CONTEXT' }))
  })

  it('is inert in an app without the module', async () => {
    let pull!: ReturnType<typeof usePull>
    mount({
      setup() {
        pull = usePull()
        return () => null
      },
    })
    await pull.start()
    pull.reconnect()
    pull.stop()
    pull.on('crm', 'ping', () => {})()
    expect([pull.status.value, pull.isConnected.value, pull.reason.value, pull.attempt.value, pull.nextRetryAt.value, pull.transport.value, pull.userId.value, pull.frame.value])
      .toEqual(['idle', false, null, 0, null, null, null, null])
  })
})

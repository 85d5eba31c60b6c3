// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { usePullSend } from '../../../src/runtime/app/composables/usePullSend'
import { createTestPull, useInComponent } from '../../support/mount-with-pull'
import { PATIENCE } from '../../support/patience'
import { settle } from '../../support/settle'

const message = { module: 'application', command: 'ping', params: {} }

/** A pull whose own events come back to it, as the platform's do. */
function createEcho() {
  const pull = createTestPull()
  const { connection } = pull
  connection.answer = ({ params }) => {
    if (connection.calls.length < 50) queueMicrotask(() => connection.receive({ module: 'application', command: String(params.COMMAND) }))
  }
  return { pull, calls: connection.calls, warnings: () => pull.logger.warn.mock.calls.filter(([text]) => String(text).includes('no end')) }
}

describe('handlers', () => {
  it('that throw, reject or never end keep nobody else from hearing', async () => {
    const pull = createTestPull()
    const heard = vi.fn()
    useInComponent(() => {
      usePullCommand('application', 'ping', () => {
        throw new Error('thrown')
      })
      usePullCommand('application', 'ping', () => Promise.reject(new Error('rejected')))
      usePullCommand('application', 'ping', () => new Promise(() => {}))
      usePullCommand('application', 'ping', heard)
    }, pull)
    for (let i = 0; i < 3; i++) pull.connection.receive(message)
    await settle()
    expect(heard).toHaveBeenCalledTimes(3)
    expect(pull.told.errors).toHaveLength(6)
  })

  it('may end themselves and others: from the next message on', () => {
    const pull = createTestPull()
    const heard = vi.fn()
    useInComponent(() => {
      const first = usePullCommand('application', 'ping', () => {
        first.stop()
        second.stop()
      })
      const second = usePullCommand('application', 'ping', heard)
    }, pull)
    pull.connection.receive(message)
    pull.connection.receive(message)
    expect(heard.mock.calls.length).toBeLessThanOrEqual(1)
  })

  it('that subscribe while a message is dispatched hear the next one first', () => {
    const pull = createTestPull()
    const late = vi.fn()
    useInComponent(() => {
      usePullCommand('application', 'ping', () => void pull.context.pull.on('application', 'ping', late), { once: true })
    }, pull)
    pull.connection.receive(message)
    expect(late).not.toHaveBeenCalled()
    pull.connection.receive(message)
    expect(late).toHaveBeenCalledOnce()
  })
})

describe('a handler that sends', () => {
  it('its own command again and again is warned of, once', async () => {
    const { pull, calls, warnings } = createEcho()
    useInComponent(() => {
      const { sendAsync } = usePullSend()
      usePullCommand('application', 'ping', async () => {
        await sendAsync('ping')
      })
    }, pull)
    pull.connection.receive(message)
    await vi.waitFor(() => expect(calls.length).toBe(50), { timeout: PATIENCE })
    expect(warnings()).toHaveLength(1)
  })

  it('another command is not warned of', async () => {
    const { pull, calls, warnings } = createEcho()
    useInComponent(() => {
      const { send } = usePullSend()
      usePullCommand('application', 'ping', () => send('pong'))
    }, pull)
    for (let i = 0; i < 20; i++) pull.connection.receive(message)
    await vi.waitFor(() => expect(calls.length).toBe(20), { timeout: PATIENCE })
    expect(warnings()).toEqual([])
  })
})

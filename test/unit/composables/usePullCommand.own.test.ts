// @vitest-environment happy-dom
import { nextTick } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { usePullSend } from '../../../src/runtime/app/composables/usePullSend'
import { createTestPull, useInComponent } from '../../support/mount-with-pull'
import type { TestPull } from '../../support/mount-with-pull'
import { PATIENCE } from '../../support/patience'

/** Sends as a component does, and lets the pull hear what went over the wire, as the platform would. */
async function sendThroughPortal(from: TestPull, to: TestPull, params = { id: 1 }): Promise<void> {
  const { result } = useInComponent(() => usePullSend(), from)
  await result.sendAsync('ping', params)
  const { PARAMS } = from.connection.calls.at(-1)!.params as { PARAMS: Record<string, unknown> }
  to.connection.receive({ module: 'application', command: 'ping', params: JSON.parse(JSON.stringify(PARAMS)) })
}

describe('what this very page sent', () => {
  it('is heard like all else', async () => {
    const pull = createTestPull()
    const { result } = useInComponent(() => usePullCommand('application', 'ping'), pull)
    await sendThroughPortal(pull, pull)
    expect(result.count.value).toBe(1)
  })

  it.each([['a handler', vi.fn()], ['none', undefined]])('is left out with ignoreOwn and %s', async (_, handler) => {
    const pull = createTestPull()
    const { result } = useInComponent(() => usePullCommand('application', 'ping', handler, { ignoreOwn: true }), pull)
    await sendThroughPortal(pull, pull)
    expect(result.count.value).toBe(0)
    if (handler) expect(handler).not.toHaveBeenCalled()
  })

  it('is heard by another page with ignoreOwn', async () => {
    const other = createTestPull()
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, { ignoreOwn: true }), other)
    await sendThroughPortal(createTestPull(), other)
    expect(result.data.value).toEqual({ id: 1 })
  })

  it('is passed over by replay with ignoreOwn, for the one before', async () => {
    const pull = createTestPull()
    pull.connection.receive({ module: 'application', command: 'ping', params: { id: 0 } })
    await sendThroughPortal(pull, pull)
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, { ignoreOwn: true, replay: true }), pull)
    await nextTick()
    expect(result.data.value).toEqual({ id: 0 })
  })
})

describe('the mark by which a page knows its own', () => {
  const marked = { module: 'application', command: 'ping', params: { id: 1, __b24PullFrom: 'somebody' } }

  it('goes out with what is sent', async () => {
    const pull = createTestPull()
    await sendThroughPortal(pull, pull)
    expect(pull.connection.calls.at(-1)?.params.PARAMS).toEqual({ id: 1, __b24PullFrom: expect.stringMatching(/.{8,}/) })
  })

  it('is another for each page', () => {
    expect(createTestPull().context.pageId).not.toBe(createTestPull().context.pageId)
  })

  it('is seen by no handler, hook, filter and schema, and not in the store', async () => {
    const validate = vi.fn((value: unknown) => ({ value }))
    const filter = vi.fn(() => true)
    const pull = createTestPull()
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, {
      filter, schema: { '~standard': { version: 1, vendor: 'test', validate } },
    }), pull)
    pull.connection.receive(marked)
    await vi.waitFor(() => expect(pull.store.messages).toHaveLength(1), { timeout: PATIENCE })
    expect([result.data.value, result.message.value?.params, pull.told.messages[0]?.params, pull.store.messages[0]?.params])
      .toEqual([{ id: 1 }, { id: 1 }, { id: 1 }, { id: 1 }])
    expect(validate).toHaveBeenCalledExactlyOnceWith({ id: 1 })
    expect(filter).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ params: { id: 1 } }))
  })

  it('is taken from a copy: what the connection gave stays as it was', () => {
    const pull = createTestPull()
    const params = { ...marked.params }
    pull.connection.receive({ ...marked, params })
    expect(params).toEqual(marked.params)
  })

  it('costs nothing where there is none: the message is passed on as it came', () => {
    const pull = createTestPull()
    const message = { module: 'application', command: 'ping', params: { id: 1 } }
    pull.connection.receive(message)
    expect(pull.told.messages[0]?.params).toBe(message.params)
  })

  it('leaves other odd names alone', () => {
    const pull = createTestPull()
    const params = JSON.parse('{ "__proto__": { "evil": true }, "constructor": 1, "__b24PullFrom": "x" }')
    pull.connection.receive({ ...marked, params })
    expect(JSON.stringify(pull.told.messages[0]?.params)).toBe('{"__proto__":{"evil":true},"constructor":1}')
  })
})

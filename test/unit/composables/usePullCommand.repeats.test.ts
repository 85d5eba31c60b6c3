// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { usePullStore } from '../../../src/runtime/app/stores/usePullStore'
import { createTestPull, useInComponent } from '../../support/mount-with-pull'
import type { TestPull } from '../../support/mount-with-pull'
import { PATIENCE } from '../../support/patience'

function listen(pull: TestPull) {
  const handler = vi.fn()
  useInComponent(() => usePullCommand('application', 'ping', handler), pull)
  const receive = (id: number, eventId?: unknown) => pull.connection.receive({ module: 'application', command: 'ping', params: { id, ...(eventId !== undefined && { __b24PullId: eventId }) } })
  return { receive, heard: () => handler.mock.calls.map(([params]) => params) }
}

describe('an event that a back end sent again', () => {
  it('is heard once, without the mark by which it was known', () => {
    const { receive, heard } = listen(createTestPull())
    receive(1, 'a')
    receive(1, 'a')
    expect(heard()).toEqual([{ id: 1 }])
  })

  it('is known after a reconnect', () => {
    const pull = createTestPull()
    const { receive, heard } = listen(pull)
    receive(1, 'a')
    pull.connection.reconnect()
    receive(1, 'a')
    receive(2, 'b')
    expect(heard()).toEqual([{ id: 1 }, { id: 2 }])
  })

  it('is known among the last thousand, and no further', () => {
    const { receive, heard } = listen(createTestPull())
    receive(0, 'first')
    for (let i = 1; i < 1_000; i++) receive(i, `event ${i}`)
    receive(0, 'first')
    expect(heard()).toHaveLength(1_000)
    receive(1_000, 'one more')
    receive(0, 'first')
    expect(heard()).toHaveLength(1_002)
  })

  it.each([undefined, 42, null, {}])('is not seen in an event whose id is %j', (eventId) => {
    const { receive, heard } = listen(createTestPull())
    receive(1, eventId)
    receive(1, eventId)
    expect(heard()).toEqual([{ id: 1 }, { id: 1 }])
  })

  it('stands in the store once, without the mark', async () => {
    const pull = createTestPull()
    const { receive } = listen(pull)
    receive(1, 'a')
    receive(1, 'a')
    const { result: store } = useInComponent(() => usePullStore(), pull)
    await vi.waitUntil(() => store.messages.length > 0, PATIENCE)
    expect(store.messages.map(({ params }) => params)).toEqual([{ id: 1 }])
  })
})

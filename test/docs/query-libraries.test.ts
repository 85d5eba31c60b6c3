// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { PiniaColada } from '@pinia/colada'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { h } from 'vue'
import type { Plugin, Ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { useDeals as useDealsByColada } from '../fixtures/query-libraries/colada'
import { useDeals as useDealsByTanstack } from '../fixtures/query-libraries/tanstack'
import { createTestPull } from '../support/mount-with-pull'

// The samples of docs/query-libraries.md, run as they stand.

interface Deal { id: number, title: string }
const deals: Deal[] = [{ id: 1, title: 'one' }, { id: 2, title: 'two' }]

const libraries: [name: string, file: string, plugin: Plugin, use: (fetch: () => Promise<Deal[]>) => { data: Readonly<Ref<Deal[] | undefined>> }][] = [
  ['Pinia Colada', 'colada.ts', PiniaColada, useDealsByColada],
  ['TanStack Query', 'tanstack.ts', VueQueryPlugin, useDealsByTanstack],
]

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe.each(libraries)('%s beside this module', (_name, file, plugin, use) => {
  async function mountDeals() {
    const pull = createTestPull()
    const fetch = vi.fn(async () => deals)
    let query: ReturnType<typeof use>
    const wrapper = mount({ setup: () => (query = use(fetch), () => h('i')) }, { global: { plugins: [{ install: pull.install }, plugin] } })
    onTestFinished(() => wrapper.unmount())
    await vi.advanceTimersByTimeAsync(10)
    return { pull, fetch, data: () => query.data.value }
  }

  it('is used as the page shows', () => {
    const sample = readFileSync(`test/fixtures/query-libraries/${file}`, 'utf8')
    expect(readFileSync('docs/query-libraries.md', 'utf8')).toContain(sample)
  })

  it('has its cache changed by commands', async () => {
    const { pull, fetch, data } = await mountDeals()
    expect(data()).toEqual(deals)
    pull.connection.receive({ module: 'application', command: 'deal.removed', params: { id: 1 } })
    await flushPromises()
    expect(data()).toEqual([deals[1]])
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  it('fetches anew for a command that says so, and after a gap', async () => {
    const { pull, fetch } = await mountDeals()
    pull.connection.receive({ module: 'application', command: 'deal.imported' })
    await vi.advanceTimersByTimeAsync(10)
    expect(fetch).toHaveBeenCalledTimes(2)
    pull.connection.reportGap({ cause: 'too-long', from: 1, to: 2 })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(fetch).toHaveBeenCalledTimes(3)
  })

  it('tries again where the fetch after a gap failed', async () => {
    const { pull, fetch } = await mountDeals()
    // With what the library tries by itself, which is not this module's.
    fetch.mockRejectedValue(new Error('busy'))
    pull.connection.reportGap({ cause: 'too-long', from: 1, to: 2 })
    await vi.advanceTimersByTimeAsync(20_000)
    const failed = fetch.mock.calls.length
    expect(failed).toBeGreaterThan(1)
    fetch.mockResolvedValue(deals)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(fetch.mock.calls.length).toBeGreaterThan(failed)
  })
})

import { mountSuspended, registerEndpoint } from '@nuxt/test-utils/runtime'
import { createTestingPull } from 'nuxt-b24-pull/testing'
import { expect, it, vi } from 'vitest'
import LiveList from '../app/components/LiveList.vue'

it('shows what was there, and what another user adds', async () => {
  registerEndpoint('/api/items', () => [{ id: 1, text: 'Milk' }])
  const testing = createTestingPull()
  const wrapper = await mountSuspended(LiveList, { global: { plugins: [testing] } })
  await vi.waitUntil(() => wrapper.text().includes('Milk'))
  testing.emit('application', 'item.added', { id: 2, text: 'Bread' })
  await wrapper.vm.$nextTick()
  expect(wrapper.findAll('li').map(item => item.text())).toEqual(['Milk', 'Bread'])
})

it('says so when the list may be out of date', async () => {
  registerEndpoint('/api/items', () => [{ id: 1, text: 'Milk' }])
  const testing = createTestingPull()
  const wrapper = await mountSuspended(LiveList, { global: { plugins: [testing] } })
  await vi.waitUntil(() => wrapper.text().includes('Milk'))
  testing.setStatus('failed', 'INSUFFICIENT_SCOPE')
  await vi.waitUntil(() => wrapper.text().includes('failed, the list may be out of date'))
})

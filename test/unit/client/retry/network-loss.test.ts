// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { listenForNetworkLoss } from '../../../../src/runtime/app/client/retry/network-loss'

it('tells of a network that is gone, until it is stopped', () => {
  const onLoss = vi.fn()
  const stop = listenForNetworkLoss(onLoss)
  window.dispatchEvent(new Event('online'))
  expect(onLoss).not.toHaveBeenCalled()
  window.dispatchEvent(new Event('offline'))
  expect(onLoss).toHaveBeenCalledOnce()
  stop()
  window.dispatchEvent(new Event('offline'))
  expect(onLoss).toHaveBeenCalledOnce()
})

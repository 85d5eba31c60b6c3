// @vitest-environment happy-dom
import type { B24Frame } from '@bitrix24/b24jssdk'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openFrame } from '../../../src/runtime/app/frame/open-frame'
import { PATIENCE } from '../../support/patience'

/** A portal that has been asked and does not answer yet. */
function ask({ loadPullSdk }: { loadPullSdk: () => Promise<never> }) {
  const initializeB24Frame = vi.fn(() => new Promise<B24Frame>(() => {}))
  const waiting = new AbortController()
  onTestFinished(() => waiting.abort())
  void openFrame({ loadFrameSdk: () => Promise.resolve({ initializeB24Frame, loadPullSdk }), portalHint: null, onLateAnswer: () => {}, signal: waiting.signal })
  return initializeB24Frame
}

describe('while the portal thinks', () => {
  beforeEach(() => {
    vi.stubGlobal('parent', {})
    window.name = 'portal|0|sid'
    return () => {
      vi.unstubAllGlobals()
      window.name = ''
    }
  })

  it('the SDK\'s pull client is on its way, asked for after the portal', async () => {
    const loadPullSdk = vi.fn(() => new Promise<never>(() => {}))
    const initializeB24Frame = ask({ loadPullSdk })
    await vi.waitFor(() => expect(loadPullSdk).toHaveBeenCalledOnce(), PATIENCE)
    expect(initializeB24Frame).toHaveBeenCalledBefore(loadPullSdk)
  })

  it('nobody hears that it did not arrive: who wants it asks again', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    onTestFinished(() => void process.off('unhandledRejection', unhandled))
    let asked = 0
    // No mock: that handles a rejection by looking at it.
    ask({ loadPullSdk() {
      asked++
      return Promise.reject(new Error('Away.'))
    } })
    await vi.waitFor(() => expect(asked).toBe(1), PATIENCE)
    // Node tells of rejections once its microtasks are done.
    await new Promise(resolve => setImmediate(resolve))
    expect(unhandled).not.toHaveBeenCalled()
  })
})

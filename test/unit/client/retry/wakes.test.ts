// @vitest-environment happy-dom
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { listenForWakes } from '../../../../src/runtime/app/client/retry/wakes'

function listen() {
  const onWake = vi.fn()
  const stop = listenForWakes(onWake)
  onTestFinished(stop)
  return { onWake, stop }
}

function become(visibility: DocumentVisibilityState) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(visibility === 'hidden')
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('listenForWakes', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('wakes when the page becomes visible', () => {
    const { onWake } = listen()
    become('visible')
    expect(onWake).toHaveBeenCalledOnce()
  })

  it('does not wake when the page is hidden', () => {
    const { onWake } = listen()
    become('hidden')
    expect(onWake).not.toHaveBeenCalled()
  })

  it.each(['pageshow', 'online'])('wakes at %s', (type) => {
    const { onWake } = listen()
    window.dispatchEvent(new Event(type))
    expect(onWake).toHaveBeenCalledOnce()
  })

  it.each(['offline', 'pagehide', 'focus'])('does not wake at %s', (type) => {
    const { onWake } = listen()
    window.dispatchEvent(new Event(type))
    expect(onWake).not.toHaveBeenCalled()
  })

  it('hears nothing any more once it is stopped', () => {
    const { onWake, stop } = listen()
    stop()
    window.dispatchEvent(new Event('pageshow'))
    window.dispatchEvent(new Event('online'))
    become('visible')
    expect(onWake).not.toHaveBeenCalled()
  })
})

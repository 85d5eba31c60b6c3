// @vitest-environment happy-dom
import { MessageChannel } from 'node:worker_threads'
import type { MessagePort as FramePort } from 'node:worker_threads'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { provideAppLink } from '../../../src/portal/page/src/app/app-link'
import type { AppLink } from '../../../src/portal/page/src/app/app-link'
import type { FrameSays, PageAsks } from '../../../src/runtime/app/inspect/views'

// The page's end of its talk with an app.

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** A page that looks at an app, and the app's end. */
function openLink(): FramePort {
  vi.stubGlobal('MessageChannel', MessageChannel)
  let link: AppLink | undefined
  let frame: FramePort | undefined
  const wrapper = mount({
    setup() {
      link = provideAppLink()
      return () => null
    },
  })
  link!.look('1')
  link!.greet('1', { postMessage: (_hello: unknown, { transfer }: { transfer: FramePort[] }) => frame = transfer[0] } as unknown as MessageEventSource, 'http://localhost')
  onTestFinished(() => {
    wrapper.unmount()
    vi.unstubAllGlobals()
  })
  return frame!
}

it('asks an app for more soon after the page is in front again, however long it was not', async () => {
  const inFront = new Promise<() => void>(resolve => vi.stubGlobal('requestAnimationFrame', resolve))
  const app = openLink()
  const asked = new Promise<PageAsks>(resolve => app.on('message', resolve))
  app.postMessage({ kind: 'news', isFirst: true, traffic: [], listeners: [], gone: [], skipped: 0 } satisfies FrameSays)
  const draw = await inFront
  vi.advanceTimersByTime(3_600_000)
  draw()
  vi.advanceTimersByTime(3_000)
  expect(await asked).toEqual({ kind: 'next' })
})

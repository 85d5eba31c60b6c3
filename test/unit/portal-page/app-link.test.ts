// @vitest-environment happy-dom
import { MessageChannel } from 'node:worker_threads'
import type { MessagePort as FramePort } from 'node:worker_threads'
import { mount } from '@vue/test-utils'
import { nextTick, shallowRef } from 'vue'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { provideAppLink } from '../../../src/portal/page/src/app/app-link'
import type { AppLink } from '../../../src/portal/page/src/app/app-link'
import type { PortalState } from '../../../src/portal/types'
import type { FrameSays, PageAsks } from '../../../src/runtime/app/inspect/views'

// The page's end of its talk with an app.

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** A page that looks at an app in the first of two frames, and the app's end. */
function openLink() {
  vi.stubGlobal('MessageChannel', MessageChannel)
  const state = shallowRef({ frames: [{ id: '1' }, { id: '2' }] } as PortalState)
  const calls: string[] = []
  let link: AppLink | undefined
  let app: FramePort | undefined
  const wrapper = mount({
    setup() {
      link = provideAppLink({ state })
      return () => null
    },
  })
  function greet(id: string) {
    link!.greet(id, { postMessage: (_hello: unknown, { transfer }: { transfer: FramePort[] }) => {
      calls.push(id)
      app = transfer[0]
    } } as unknown as MessageEventSource, 'http://localhost')
  }
  link!.look('1')
  greet('1')
  onTestFinished(() => {
    wrapper.unmount()
    vi.unstubAllGlobals()
  })
  return { link: link!, app: app!, calls, greet, keep: (...ids: string[]) => state.value = { frames: ids.map(id => ({ id })) } as PortalState }
}

it('asks an app for more soon after the page is in front again, however long it was not', async () => {
  const inFront = new Promise<() => void>(resolve => vi.stubGlobal('requestAnimationFrame', resolve))
  const { app } = openLink()
  const asked = new Promise<PageAsks>(resolve => app.on('message', resolve))
  app.postMessage({ kind: 'news', isFirst: true, traffic: [], listeners: [], gone: [], skipped: 0 } satisfies FrameSays)
  const draw = await inFront
  vi.advanceTimersByTime(3_600_000)
  draw()
  vi.advanceTimersByTime(3_000)
  expect(await asked).toEqual({ kind: 'next' })
})

it('forgets a frame that was closed, and keeps the one that stays', async () => {
  const { link, app, calls, greet, keep } = openLink()
  const heard = new Promise<PageAsks>(resolve => app.on('message', resolve))
  greet('2')
  expect([...link.frames.value]).toEqual(['1', '2'])

  keep('2')
  await nextTick()
  expect([...link.frames.value]).toEqual(['2'])
  expect(await heard).toEqual({ kind: 'bye' })
  link.look('2')
  link.look('1')
  expect(calls).toEqual(['1', '2'])
})

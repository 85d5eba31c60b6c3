import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FrameRecord } from '../../../../src/portal/frames/frames'
import { createFrameWatch, LOOK_AGAIN_MS, PROBE_AFTER_MS, SILENT_AFTER_MS } from '../../../../src/portal/frames/watch/watch'
import type { FrameTrouble } from '../../../../src/portal/types'

const dead: FrameTrouble = { code: 'not-running', title: 'Nothing answers', why: 'w', fix: 'f' }

let found: FrameTrouble | null
let asked: number
let reloads: number
let told: (string | null)[]

function watched() {
  const frame = { view: { id: 'frame-1', trouble: null } } as unknown as FrameRecord
  const watch = createFrameWatch({
    frames: () => ({ find: id => (id === 'frame-1' ? frame : undefined), reload: () => (reloads++, frame) }),
    examine: async () => (asked++, found),
    onTrouble: (_frame, trouble) => told.push(trouble?.code ?? null),
  })
  watch.shown('frame-1')
  return watch
}

beforeEach(() => {
  vi.useFakeTimers()
  found = null
  asked = reloads = 0
  told = []
})
afterEach(() => vi.useRealTimers())

describe('the watch over a frame', () => {
  it('never asks the server of an app that comes at once', async () => {
    watched().heard('frame-1')
    await vi.advanceTimersByTimeAsync(SILENT_AFTER_MS * 2)
    expect([asked, told]).toEqual([0, []])
  })

  it('says once what is wrong, goes on looking, and opens the frame anew when it is over', async () => {
    found = dead
    const watch = watched()
    await vi.advanceTimersByTimeAsync(PROBE_AFTER_MS + 3 * LOOK_AGAIN_MS)
    expect([asked, told, reloads]).toEqual([4, ['not-running'], 0])
    found = null
    await vi.advanceTimersByTimeAsync(LOOK_AGAIN_MS)
    expect([told, reloads]).toEqual([['not-running', null], 1])
    await vi.advanceTimersByTimeAsync(SILENT_AFTER_MS * 2)
    expect(told).toHaveLength(2)
    watch.dispose()
  })

  it('says of an app that never asks for getInitData that it is silent, until it asks', async () => {
    const watch = watched()
    await vi.advanceTimersByTimeAsync(SILENT_AFTER_MS - 1)
    expect(told).toEqual([])
    await vi.advanceTimersByTimeAsync(LOOK_AGAIN_MS + 1)
    expect(told).toEqual(['silent'])
    watch.heard('frame-1')
    expect([told, reloads]).toEqual([['silent', null], 0])
  })

  it('ends with the portal', async () => {
    watched().dispose()
    await vi.advanceTimersByTimeAsync(SILENT_AFTER_MS)
    expect(asked).toBe(0)
  })
})

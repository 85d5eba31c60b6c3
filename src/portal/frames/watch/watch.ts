import type { FrameTrouble } from '../../types'
import type { FrameRecord, Frames } from '../frames'
import { silent } from './judge'

/** Looks after frames that are on screen: an app that works asks for `getInitData`. */
export interface FrameWatch {
  /** A page has begun to load the frame. */
  shown: (frameId: string) => void
  /** The app in the frame has asked for `getInitData`. */
  heard: (frameId: string) => void
  dispose: () => void
}

export interface FrameWatchDeps {
  frames: () => Pick<Frames, 'find' | 'reload'>
  /** What is wrong with the app's server; `null` = nothing. */
  examine: (frame: FrameRecord) => Promise<FrameTrouble | null>
  onTrouble: (frame: FrameRecord, trouble: FrameTrouble | null) => void
}

/** So long the app may take before its server is asked: one that works is never asked at all. */
export const PROBE_AFTER_MS = 1_500
/** Between two looks at an app that does not come. */
export const LOOK_AGAIN_MS = 3_000
/** So long the app may take to ask for `getInitData`. */
export const SILENT_AFTER_MS = 20_000

/** The watch of one portal. */
export function createFrameWatch({ frames, examine, onTrouble }: FrameWatchDeps): FrameWatch {
  const watched = new Map<string, { timer: NodeJS.Timeout }>()

  function stop(frameId: string): void {
    clearTimeout(watched.get(frameId)?.timer)
    watched.delete(frameId)
  }

  function show(frame: FrameRecord, trouble: FrameTrouble | null): void {
    if (frame.view.trouble?.code === trouble?.code && frame.view.trouble?.title === trouble?.title) return
    frame.view.trouble = trouble
    onTrouble(frame, trouble)
  }

  function shown(frameId: string): void {
    stop(frameId)
    const since = performance.now()
    const watch = { timer: setTimeout(look, PROBE_AFTER_MS).unref() }
    watched.set(frameId, watch)

    async function look(): Promise<void> {
      const before = frames().find(frameId)
      const found = before ? await examine(before) : null
      const frame = frames().find(frameId)
      // It may have been closed, loaded anew or heard of while the server was asked.
      if (watched.get(frameId) !== watch || !frame) return
      const isBack = found === null && frame.view.trouble !== null && frame.view.trouble.code !== 'silent'
      if (isBack) {
        stop(frameId)
        show(frame, null)
        frames().reload(frameId)
        return
      }
      const waited = performance.now() - since
      const isSilent = found === null && waited >= SILENT_AFTER_MS
      if (found !== null || isSilent) show(frame, found ?? silent(SILENT_AFTER_MS / 1_000))
      watch.timer = setTimeout(look, LOOK_AGAIN_MS).unref()
    }
  }

  return {
    shown,
    heard(frameId) {
      stop(frameId)
      const frame = frames().find(frameId)
      if (frame) show(frame, null)
    },
    dispose() {
      for (const frameId of [...watched.keys()]) stop(frameId)
    },
  }
}

import type { PortalLog } from '../log/log'
import type { FrameRecord, Frames } from './frames'
import type { Placements } from './placements'
import { WORKER } from './placements'

/** A worker has to ask for its data within so many ms. */
const ANSWER_WITHIN_MS = 5_000

/** The hidden frames of `PAGE_BACKGROUND_WORKER`: one on the page, and one in every slider. */
export interface Workers {
  /** Opens the page's own, where one is bound and none runs. */
  start: () => void
  /** A slider is a page of its own: it gets a worker too. */
  accompany: (frame: FrameRecord) => void
  /** A frame has asked for its data. */
  heard: (frameId: string) => void
  dispose: () => void
}

export interface WorkerDeps {
  placements: Placements
  frames: () => Frames
  /** Who is before the screen. */
  currentUserId: () => number
  isInstalled: () => boolean
  log: PortalLog
}

/** Background workers of one portal. */
export function createWorkers({ placements, frames, currentUserId, isInstalled, log }: WorkerDeps): Workers {
  const waiting = new Map<string, NodeJS.Timeout>()

  function open(userId: number | undefined, openedBy: string | undefined): void {
    const { view } = frames().open({ placement: WORKER, title: 'Background worker', isHidden: true, ...(userId === undefined ? {} : { userId }), ...(openedBy === undefined ? {} : { openedBy }) })
    const timer = setTimeout(() => {
      waiting.delete(view.id)
      log.add({
        source: 'bridge',
        direction: 'note',
        level: 'warn',
        title: `${WORKER} did not answer within 5 s`,
        userId: view.userId,
        frameId: view.id,
        details: { why: 'The platform gives up on it and opens errorHandlerUrl.', fix: 'Call initializeB24Frame() early in the handler.' },
      })
    }, ANSWER_WITHIN_MS)
    timer.unref()
    waiting.set(view.id, timer)
  }

  const isWanted = (by: number) => isInstalled() && placements.bound.some(({ placement, userId }) => placement === WORKER && (userId === 0 || userId === by))

  return {
    start() {
      if (isWanted(currentUserId()) && !frames().all.some(({ view }) => view.isHidden && view.openedBy === null)) open(undefined, undefined)
    },
    accompany({ view }) {
      if (view.isSlider && isWanted(view.userId)) open(view.userId, view.id)
    },
    heard(frameId) {
      clearTimeout(waiting.get(frameId))
      waiting.delete(frameId)
    },
    dispose() {
      for (const timer of waiting.values()) clearTimeout(timer)
    },
  }
}

import type { B24Frame } from '@bitrix24/b24jssdk'
import { isPortalFrame } from './is-portal-frame'
import { frameNoAnswer, notInFrame } from './problems'

/** ms; the SDK itself waits for the parent page's first answer for ever. */
export const FRAME_ANSWER_LIMIT = 10_000

export interface OpenFrameOptions {
  /** What the SDK has for frames, loaded only where there is one to open. */
  loadFrameSdk: () => Promise<typeof import('./sdk')>
  /** What to do about not being in a frame, where something better than the usual is known. */
  portalHint: string | null
  /** The portal answered after all, when it had been given up. */
  onLateAnswer: (frame: B24Frame) => void
  /** Ends the waiting: the promise then stays open, and only `onLateAnswer` hears of an answer. */
  signal: AbortSignal
}

/**
 * The app's frame: who it is, and REST. The SDK's own promise is used, so that other code of the page shares it.
 *
 * @throws PullError `NOT_IN_FRAME`, `FRAME_NO_ANSWER`
 */
export async function openFrame({ loadFrameSdk, portalHint, onLateAnswer, signal }: OpenFrameOptions): Promise<B24Frame> {
  if (!isPortalFrame()) throw notInFrame(portalHint)
  const { initializeB24Frame, loadPullSdk } = await loadFrameSdk()
  return new Promise((resolve, reject) => {
    let isLate = signal.aborted
    const timer = isLate
      ? undefined
      : setTimeout(() => {
          isLate = true
          reject(frameNoAnswer(FRAME_ANSWER_LIMIT))
        }, FRAME_ANSWER_LIMIT)
    signal.addEventListener('abort', () => {
      isLate = true
      clearTimeout(timer)
    })
    initializeB24Frame().then(
      frame => isLate ? onLateAnswer(frame) : resolve(frame),
      reject,
    ).finally(() => clearTimeout(timer))
    // Wanted next: it comes while the portal thinks. Where it cannot be loaded, whoever wants it finds out.
    loadPullSdk().catch(() => {})
  })
}

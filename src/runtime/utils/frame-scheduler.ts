/** ms after which a timer takes over: hidden tabs get no animation frames. */
const FRAMELESS_DELAY = 250

export interface FrameScheduler {
  /** Runs the task once soon, and again at the earliest after the next frame, however often it is asked for. */
  request: () => void
  cancel: () => void
}

/**
 * Collects many requests into one run per animation frame; by a timer where frames stop.
 *
 * The task runs between frames, in a task of its own: what Vue then renders does not make the browser's own work of a frame
 * longer, and is on the screen with the next one.
 */
export function createFrameScheduler(task: () => void): FrameScheduler {
  let isWanted = false
  let frame: number | undefined
  /** Until the next run, or in place of the next frame. */
  let timer: ReturnType<typeof setTimeout> | undefined

  function forget(): void {
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
    frame = timer = undefined
  }

  function run(): void {
    isWanted = false
    timer = setTimeout(onFrame, FRAMELESS_DELAY)
    if (typeof requestAnimationFrame === 'function') frame = requestAnimationFrame(onFrame)
    task()
  }

  function onFrame(): void {
    forget()
    if (isWanted) timer = setTimeout(run)
  }

  return {
    request() {
      isWanted = true
      timer ??= setTimeout(run)
    },
    cancel() {
      isWanted = false
      forget()
    },
  }
}

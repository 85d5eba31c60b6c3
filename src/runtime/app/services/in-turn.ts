/**
 * Calls again for as long as it is asked to, one call after the other: asked for out of the call itself, it would nest a whole
 * history.
 */
export function inTurn(run: (() => void) | undefined, isOpen: () => boolean): () => void {
  let isAsked = false
  let isRunning = false
  return () => {
    isAsked = true
    if (isRunning) return
    isRunning = true
    while (isAsked && isOpen()) {
      isAsked = false
      run?.()
    }
    isRunning = false
  }
}

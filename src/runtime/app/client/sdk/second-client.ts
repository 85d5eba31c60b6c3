import { isOurClient } from './client'
import type { PullSdk } from './pull-client'

/**
 * In development, tells of a pull client of the SDK that somebody else starts in this page: one more connection, which counts
 * against the user's hundred.
 *
 * @returns ends it
 */
export function watchSecondClient({ B24PullClientManager }: PullSdk, tell: () => void): () => void {
  const prototype = B24PullClientManager.prototype as { start: (...args: never[]) => unknown }
  const { start } = prototype
  let isOver = false
  const watched = function (this: object, ...args: never[]) {
    if (!isOver && !isOurClient(this)) tell()
    return Reflect.apply(start, this, args)
  }
  prototype.start = watched
  return () => {
    isOver = true
    // Where another pull of the page watches, too, it calls on.
    if (prototype.start === watched) prototype.start = start
  }
}

/** A line that nobody jumps: what is put in later comes out later, whatever its delay. */
export interface DelayLine {
  push: (task: () => void, ms: number) => void
  /** Runs at once when nobody waits, else after those who do. */
  flushThen: (task: () => void) => void
  dispose: () => void
}

/**
 * A new, empty line.
 *
 * It has one timer, for the first in the line: two timers of different delays that are due together may fire in either order.
 */
export function createDelayLine(): DelayLine {
  const line: { task: () => void, due: number }[] = []
  let timer: NodeJS.Timeout | undefined

  function schedule(): void {
    clearTimeout(timer)
    const [first] = line
    if (first) timer = setTimeout(release, Math.max(0, first.due - Date.now()))
  }

  function release(): void {
    const now = Date.now()
    while (line[0] && line[0].due <= now) line.shift()!.task()
    schedule()
  }

  function push(task: () => void, ms: number): void {
    line.push({ task, due: Math.max(Date.now() + ms, line.at(-1)?.due ?? 0) })
    if (line.length === 1) schedule()
  }

  return {
    push,
    flushThen(task) {
      if (line.length === 0) task()
      else push(task, 0)
    },
    dispose() {
      clearTimeout(timer)
      line.length = 0
    },
  }
}

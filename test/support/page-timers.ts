import type { Frame } from 'playwright-core'

/** An init script that counts the timers which were set and neither ran nor were cleared. */
export const countTimers = `
  const live = new Set()
  window.liveTimers = () => live.size
  for (const [set, clear] of [['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval']]) {
    const original = window[set]
    window[set] = (run, ms, ...args) => {
      const id = original(() => { if (set === 'setTimeout') live.delete(id); run(...args) }, ms)
      live.add(id)
      return id
    }
    const end = window[clear]
    window[clear] = (id) => { live.delete(id); end(id) }
  }`

/** How many timers are under way in a frame that was loaded with {@link countTimers}. */
export function liveTimers(frame: Frame): Promise<number> {
  return frame.evaluate(() => (window as unknown as { liveTimers: () => number }).liveTimers())
}

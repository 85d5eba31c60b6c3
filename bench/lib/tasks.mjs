/** Categories of a trace in which `tasksBetween` finds what it looks for. */
export const CATEGORIES = ['disabled-by-default-devtools.timeline', 'blink.user_timing', 'devtools.timeline']

/**
 * What the thread that set both marks did between them, in ms. Of tasks only those that lie between the marks as a whole: the
 * one that sets a mark is the measuring's own. `busy` and `longest` are the processor's time, because the portal, the browser's
 * other processes and whatever else the machine does share its cores. Its clock may go in steps of 10 ms, and then charges a
 * task of 0.3 ms with one: no task took the processor for longer than it took.
 * @param {{ name: string, cat: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number }[]} events of a trace, in µs
 * @param {string} begin name of a mark
 * @param {string} end name of a mark
 */
export function tasksBetween(events, begin, end) {
  const mark = wanted => events.find(({ name, cat }) => name === wanted && cat.includes('blink.user_timing'))
  const [from, to] = [mark(begin), mark(end)]
  const durations = events
    .filter(({ name, pid, tid, ts, dur, tdur }) => name === 'RunTask' && pid === from.pid && tid === from.tid && tdur && ts >= from.ts && ts + dur <= to.ts)
    .map(({ dur, tdur }) => Math.min(dur, tdur) / 1000)
  return { took: (to.ts - from.ts) / 1000, busy: durations.reduce((sum, ms) => sum + ms, 0), longest: Math.max(0, ...durations) }
}

import process from 'node:process'

/** ms. Systems count a thread's time in ticks of some ms: enough of them have to come together. */
const ENOUGH = 20
const TRIES = 3

/**
 * ms that this thread computes in one run: while others have the processor the clock goes on, and this does not. The best of some
 * tries, because others can still take caches away.
 *
 * @param run as often as it takes
 * @param prepare makes what each run needs, uncounted
 */
export function processorTime<T>(run: (prepared: T) => void, prepare: () => T = () => undefined as T): number {
  return Math.min(...Array.from({ length: TRIES }, () => {
    let [spent, runs] = [0, 0]
    for (; spent < ENOUGH; runs++) {
      const prepared = prepare()
      const before = process.threadCpuUsage()
      run(prepared)
      const { user, system } = process.threadCpuUsage(before)
      spent += (user + system) / 1_000
    }
    return spent / runs
  }))
}

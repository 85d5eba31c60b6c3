/**
 * @template S, R
 * @typedef {object} Work
 * @property {number} cores how many there are
 * @property {(step: S) => Promise<R>} run never rejects
 */

/**
 * Runs steps beside each other, as many as there are cores for: each says how many it keeps busy (one that mostly waits, less than
 * one), and which it comes after. The first that fits starts first.
 *
 * @template {{ name: string, cores: number, after?: string[] }} S
 * @template R
 * @param {S[]} steps those that a step comes after, but which are not among them, count as done
 * @param {Work<S, R>} work
 * @returns {Promise<R[]>} in the order of the steps
 */
export async function runBeside(steps, { cores, run }) {
  const waiting = new Set(steps)
  const running = new Map()
  const done = new Set()
  const results = new Map()
  const isReady = ({ after = [] }) => after.every(name => done.has(name) || !steps.some(step => step.name === name))
  const free = () => cores - [...running.keys()].reduce((sum, step) => sum + step.cores, 0)

  while (waiting.size > 0 || running.size > 0) {
    for (const step of waiting) {
      // One that wants more than there are has all of them.
      if (!isReady(step) || (Math.min(step.cores, cores) > free() && running.size > 0)) continue
      waiting.delete(step)
      running.set(step, run(step).then((result) => {
        results.set(step, result)
        running.delete(step)
        done.add(step.name)
      }))
    }
    if (running.size === 0) throw new Error(`Steps that wait for each other: ${[...waiting].map(({ name }) => name).join(', ')}.`)
    await Promise.race(running.values())
  }
  return steps.map(step => results.get(step))
}

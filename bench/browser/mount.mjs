import { servePage } from '../lib/build.mjs'
import { medians, pairedRatio, turns } from '../lib/rounds.mjs'
import { launch, openApp } from './open.mjs'

/**
 * A list of 5,000 rows in a connected app, each a component: with a subscription in each, beside the same rows without.
 * @param {{ rounds: number }} effort rounds in which both take turns; the first two only warm up
 */
export async function mount({ rounds }) {
  const browser = await launch()
  const server = await servePage('mount')
  const { frame, close } = await openApp(browser, server.url)
  try {
    await frame.waitForFunction(() => window.isConnected?.(), undefined, { polling: 50 })
    const seen = { bare: [], listening: [] }
    for (let round = -2; round < rounds; round++) {
      for (const kind of turns(Object.keys(seen), round + 2)) {
        const run = await frame.evaluate(kind => window.measure(kind), kind)
        if (round >= 0) seen[kind].push(run)
      }
    }
    const mounts = runs => runs.map(run => run.mount)
    return { rounds, bare: medians(seen.bare), listening: medians(seen.listening), ratio: pairedRatio(mounts(seen.listening), mounts(seen.bare)) }
  }
  finally {
    await close()
    await browser.close()
    await server.stop()
  }
}

import { servePage } from '../lib/build.mjs'
import { medians, pairedRatio, turns } from '../lib/rounds.mjs'
import { launch, openApp } from './open.mjs'

/**
 * A list of 5,000 rows in a connected app, each a component: with a subscription in each, beside the same rows without. In several pages, one after
 * another: what V8 makes of the same code is a tenth faster in one than in the next.
 * @param {{ pages: number, rounds: number }} effort `rounds`: in each page, in which both take turns; the first two only warm up
 */
export async function mount({ pages, rounds }) {
  const browser = await launch()
  const server = await servePage('mount')
  const seen = { bare: [], listening: [] }
  try {
    for (let page = 0; page < pages; page++) await onePage(browser, server.url, rounds, seen)
    const mounts = runs => runs.map(run => run.mount)
    return { pages, rounds, bare: medians(seen.bare), listening: medians(seen.listening), ratio: pairedRatio(mounts(seen.listening), mounts(seen.bare)) }
  }
  finally {
    await browser.close()
    await server.stop()
  }
}

async function onePage(browser, url, rounds, seen) {
  const { frame, close } = await openApp(browser, url)
  try {
    await frame.waitForFunction(() => window.isConnected?.(), undefined, { polling: 50 })
    for (let round = -2; round < rounds; round++) {
      for (const kind of turns(Object.keys(seen), round + 2)) {
        const run = await frame.evaluate(kind => window.measure(kind), kind)
        if (round >= 0) seen[kind].push(run)
      }
    }
  }
  finally {
    await close()
  }
}

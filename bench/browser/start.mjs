import { servePage } from '../lib/build.mjs'
import { median } from '../lib/median.mjs'
import { launch, openApp } from './open.mjs'

const LATENCIES = [0, 50, 200]
const PAGES = { ours: 'start', sdk: 'start-sdk' }

/**
 * From the frame's load to `connected`, with different latencies of REST.
 * @param {number} rounds in which both take turns
 */
export async function start(rounds) {
  const browser = await launch()
  const servers = Object.fromEntries(await Promise.all(Object.entries(PAGES).map(async ([name, page]) => [name, await servePage(page)])))
  try {
    const latencies = {}
    for (const latency of LATENCIES) {
      const seen = { ours: [], sdk: [] }
      // The first turn only warms up.
      for (let round = -1; round < rounds; round++) {
        for (const name of round % 2 ? ['ours', 'sdk'] : ['sdk', 'ours']) {
          const run = await measureStart(browser, servers[name].url, latency)
          if (round >= 0) seen[name].push(run)
        }
      }
      latencies[latency] = Object.fromEntries(Object.entries(seen).map(([name, runs]) => [name, summary(runs)]))
    }
    return latencies
  }
  finally {
    await browser.close()
    for (const { stop } of Object.values(servers)) await stop()
  }
}

async function measureStart(browser, url, latency) {
  const { frame, close } = await openApp(browser, url, latency)
  try {
    await frame.waitForFunction(() => performance.getEntriesByName('connected').length > 0, undefined, { polling: 50 })
    return await frame.evaluate(() => {
      const at = name => performance.getEntriesByName(name)[0].startTime
      const scripts = performance.getEntriesByType('resource').filter(({ name }) => /\.js$/.test(name))
      return {
        mounted: at('mounted'),
        connected: at('connected'),
        roundTrips: performance.getEntriesByType('resource').filter(({ name, startTime }) => name.includes('/rest/') && startTime < at('connected')).length,
        bytesBefore: scripts.filter(({ startTime }) => startTime <= at('mounted')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
        bytesAfter: scripts.filter(({ startTime }) => startTime > at('mounted')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      }
    })
  }
  finally {
    await close()
  }
}

function summary(runs) {
  return Object.fromEntries(Object.keys(runs[0]).map(key => [key, median(runs.map(run => run[key]))]))
}

import { servePage } from '../lib/build.mjs'
import { medians, pairedRatio, turns } from '../lib/rounds.mjs'
import { BLANK } from '../lib/serve.mjs'
import { launch, openApp } from './open.mjs'

const LATENCIES = [0, 50, 200]
const PAGES = { ours: 'start', sdk: 'start-sdk' }

/** ms in which portal and browser end what they do after the portal's page has loaded. */
const SETTLE = 500

/**
 * From the frame's load to the app's mount, and to `connected`, with different latencies of REST.
 * @param {{ rounds: number, closeRounds: number }} effort rounds in which both take turns; `closeRounds`: without latency, where they are close
 */
export async function start({ rounds, closeRounds }) {
  const browser = await launch()
  const servers = Object.fromEntries(await Promise.all(Object.entries(PAGES).map(async ([name, page]) => [name, await servePage(page)])))
  try {
    const latencies = {}
    for (const latency of LATENCIES) {
      const seen = { ours: [], sdk: [] }
      const roundsHere = latency ? rounds : closeRounds
      // The first turn only warms up.
      for (let round = -1; round < roundsHere; round++) {
        for (const name of turns(Object.keys(PAGES), round + 1)) {
          const run = await measureStart(browser, servers[name], latency)
          if (round >= 0) seen[name].push(run)
        }
      }
      const { ours, sdk } = seen
      const ratio = mark => pairedRatio(ours.map(run => run[mark]), sdk.map(run => run[mark]))
      latencies[latency] = {
        rounds: roundsHere,
        contestants: { ours: medians(ours), sdk: medians(sdk) },
        mountedRatio: ratio('mounted'),
        connectedRatio: ratio('connected'),
        // Not the median: it has to hold each time.
        sdkAfterMount: Math.min(...ours.map(({ sdkAfterMount }) => sdkAfterMount)),
      }
    }
    return { latencies }
  }
  finally {
    await browser.close()
    for (const { stop } of Object.values(servers)) await stop()
  }
}

async function measureStart(browser, { url, sdkFiles }, latency) {
  const { page, frame, close } = await openApp(browser, url + BLANK, latency)
  try {
    // Bitrix24 opens an app within a page that is there: what that page costs is neither's.
    await page.waitForTimeout(SETTLE)
    await frame.goto(frame.url().replace(BLANK, '/'), { waitUntil: 'commit' })
    await frame.waitForFunction(() => performance.getEntriesByName('connected').length > 0, undefined, { polling: 50 })
    return await frame.evaluate((sdkUrls) => {
      const at = name => performance.getEntriesByName(name)[0].startTime
      const resources = performance.getEntriesByType('resource')
      const scripts = resources.filter(({ name }) => /\.js$/.test(name))
      const weigh = entries => entries.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
      return {
        mounted: at('mounted'),
        connected: at('connected'),
        roundTrips: resources.filter(({ name, startTime }) => name.includes('/rest/') && startTime < at('connected')).length,
        bytesBefore: weigh(scripts.filter(({ startTime }) => startTime <= at('mounted'))),
        bytesAfter: weigh(scripts.filter(({ startTime }) => startTime > at('mounted'))),
        // Whatever asked for it: a link that preloads it, too.
        sdkAfterMount: Math.min(...scripts.filter(({ name }) => sdkUrls.includes(name)).map(({ startTime }) => startTime)) - at('mounted'),
      }
    }, sdkFiles.map(path => url + path))
  }
  finally {
    await close()
  }
}

import process from 'node:process'
import { createPortal } from 'nuxt-b24-pull/portal'
import { chromium } from 'playwright-core'
import { startRealChromium } from '../../scripts/lib/real-chromium.mjs'
import { servePage } from '../lib/build.mjs'
import { startFarAway } from '../lib/far.mjs'
import { medians, pairedRatio, turns } from '../lib/rounds.mjs'
import { BLANK } from '../lib/serve.mjs'

/** Frames that share a connection, and frames with one of their own. */
const WAYS = { shared: '?share', own: '?own' }
const FRAMES = 10
const PER_SECOND = 1_000
/** ms of a round trip to REST and to the push server, for a second frame. */
const LATENCIES = [0, 50, 200]
/** While a second frame waits for its first message: one comes every 5 ms. */
const TRICKLE = 200
/** ms in which portal and browser end what they do after the portal's page has loaded. */
const SETTLE = 500
/** ms */
const DEADLINE = 90_000

/**
 * One connection for all frames beside one for each, in a Chromium with a person's defaults: in another one they cannot be shared.
 * @param {{ rounds: number, secondRounds: number, crowdRounds: number, seconds: number }} effort rounds in which both take turns; `secondRounds`: of a second frame, with each latency; `crowdRounds`: of ten frames, for so many seconds
 */
export async function shared({ rounds, secondRounds, crowdRounds, seconds }) {
  const server = await servePage('shared')
  /** What both ways come to in a browser of their own. */
  const inBrowser = async (args, use) => {
    const real = await startRealChromium(DEADLINE, { args })
    try {
      return await use(await chromium.connectOverCDP(real.address, { noDefaults: true }))
    }
    finally {
      await real.close()
    }
  }
  const run = async (browser, count, measure) => {
    const seen = { shared: [], own: [] }
    // The first turn only warms up.
    for (let round = -1; round < count; round++) {
      for (const way of turns(Object.keys(WAYS), round + 1)) {
        const result = await withPortal(browser, server.url, way, measure)
        if (round >= 0) seen[way].push(result)
      }
    }
    return {
      rounds: count,
      ...Object.fromEntries(Object.entries(seen).map(([way, runs]) => [way, medians(runs)])),
      ratio: Object.fromEntries(Object.keys(seen.own[0]).map(key => [key, pairedRatio(seen.shared.map(run => run[key]), seen.own.map(run => run[key]))])),
    }
  }
  const far = await startFarAway()
  try {
    const near = await inBrowser([], async (browser) => {
      const devtools = await browser.newBrowserCDPSession()
      return {
        alone: await run(browser, rounds, alone),
        crowd: await run(browser, crowdRounds, app => crowd(app, devtools, seconds)),
      }
    })
    const second = await inBrowser(far.args, async (browser) => {
      const byLatency = {}
      for (const latency of LATENCIES) byLatency[latency] = await run(browser, secondRounds, app => secondFrame(app, far, latency))
      return byLatency
    })
    return { ...near, second, frames: FRAMES, perSecond: PER_SECOND }
  }
  finally {
    far.stop()
    await server.stop()
  }
}

/** A tab of a new portal, in which frames of the app can be opened. */
async function withPortal(browser, url, way, measure) {
  const portal = await createPortal({ app: `${url}${BLANK}${WAYS[way]}`, method: 'get', limits: false, server: { version: 5 } })
  const page = await browser.contexts()[0].newPage()
  try {
    await page.goto(portal.url)
    // Bitrix24 opens an app within a page that is there: what that page costs is nobody's.
    await page.waitForTimeout(SETTLE)
    return await measure({ portal, page, way, open: () => openFrames(portal, page, way) })
  }
  finally {
    await page.close()
    await portal.close()
  }
}

/** Loads the app in the frames that show nothing yet, one after another; resolves with all of them once they are connected as they are meant to be. */
async function openFrames(portal, page, way) {
  const frames = []
  for (const { id } of portal.frames) {
    const element = await page.waitForSelector(`[data-frame-id="${id}"]`, { state: 'attached' })
    const frame = await element.contentFrame()
    frames.push(frame)
    await frame.waitForURL(/^http/, { waitUntil: 'commit' })
    if (!frame.url().includes(BLANK)) continue
    await frame.goto(frame.url().replace(BLANK, '/'), { waitUntil: 'commit' })
    await frame.waitForFunction(() => performance.getEntriesByName('connected').length > 0, undefined, { polling: 50 })
    const role = await frame.evaluate(() => window.heard.role())
    const wanted = way === 'own' ? 'solo' : frames.length === 1 ? 'leader' : 'follower'
    if (role !== wanted) throw new Error(`Frame ${frames.length} is ${role}, where ${wanted} is measured.`)
  }
  const expected = way === 'own' ? frames.length : 1
  // A socket that the browser calls open may be the server's a moment later.
  for (let tries = 0; portal.connections.length < expected && tries < 50; tries++) await page.waitForTimeout(20)
  if (portal.connections.length !== expected) throw new Error(`There are ${portal.connections.length} connections, where ${expected} should be.`)
  return frames
}

/** A frame without another one: its start. */
async function alone({ open }) {
  const [frame] = await open()
  return frame.evaluate(() => ({ connected: performance.getEntriesByName('connected')[0].startTime }))
}

/** A frame beside one that is connected: from its mount to its first message. */
async function secondFrame({ portal, page, open }, far, latency) {
  far.setLatency(latency)
  if (latency) portal.faults.on('rest-delay', { ms: latency, jitter: 0 })
  await open()
  portal.openFrame()
  let n = 0
  const tick = () => portal.emit({ module: 'application', command: 'tick', params: { n: ++n } })
  let timer
  // Not before the frame asks the portal: its page shows what it sends, and would answer the frame's first question the later.
  page.once('request', function begin(request) {
    if (request.url().includes('/rest/')) timer = setInterval(tick, 1_000 / TRICKLE)
    else page.once('request', begin)
  })
  try {
    const [, frame] = await open()
    await frame.waitForFunction(() => window.heard.count > 0, undefined, { polling: 50 })
    return await frame.evaluate(() => {
      const at = name => performance.getEntriesByName(name)[0].startTime
      return {
        heard: at('message') - at('mounted'),
        roundTrips: performance.getEntriesByType('resource').filter(({ name }) => name.includes('/rest/')).length,
      }
    })
  }
  finally {
    clearInterval(timer)
  }
}

/** Many frames, and many messages: processor time, in ms, of the whole browser and of this process, in which the server runs. */
async function crowd({ portal, open }, devtools, seconds) {
  while (portal.frames.length < FRAMES) portal.openFrame()
  const frames = await open()
  const browserTime = async () => {
    const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
    return new Map(processInfo.map(({ id, cpuTime }) => [id, cpuTime * 1_000]))
  }
  const [before, cpu] = [await browserTime(), process.cpuUsage()]
  const sent = await rain(portal, seconds)
  const last = frames.map(frame => frame.waitForFunction(count => window.heard.count >= count, sent, { polling: 50, timeout: DEADLINE }))
  await Promise.all(last)
  const { user, system } = process.cpuUsage(cpu)
  const after = await browserTime()
  const counts = await Promise.all(frames.map(frame => frame.evaluate(() => window.heard.count)))
  if (counts.some(count => count !== sent)) throw new Error(`Of ${sent} messages the frames heard ${counts.join(', ')}.`)
  return { browser: [...after].reduce((sum, [id, time]) => sum + time - (before.get(id) ?? 0), 0), server: (user + system) / 1_000 }
}

/** Resolves with how many messages were sent. */
function rain(portal, seconds) {
  return new Promise((resolve) => {
    const began = performance.now()
    let n = 0
    const timer = setInterval(() => {
      const due = Math.min(seconds * PER_SECOND, (performance.now() - began) * PER_SECOND / 1_000)
      while (n < due) portal.emit({ module: 'application', command: 'tick', params: { n: ++n, title: 'Deal', stage: 'NEW', amount: 1_000 } })
      if (n < seconds * PER_SECOND) return
      clearInterval(timer)
      resolve(n)
    }, 5)
  })
}

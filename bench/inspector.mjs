import process from 'node:process'
import { parseArgs } from 'node:util'
import { launch, openApp } from './browser/open.mjs'
import { servePage } from './lib/build.mjs'
import { median, turns } from './lib/rounds.mjs'

// How many frames a second an app of a development build draws while messages rain on it, with the portal's tab "App" closed and open.
// `node bench/inspector.mjs [--rate 2000] [--seconds 3] [--rounds 5]`; exit code 1 where a round with the tab open had fewer than 30.
// Frames are by the clock, so on a machine that does nothing else. What the app's own thread works is processor time.

const LEAST = 30

const { values } = parseArgs({ options: {
  rate: { type: 'string', default: '2000' },
  seconds: { type: 'string', default: '3' },
  rounds: { type: 'string', default: '5' },
} })
const rate = Number(values.rate)
const seconds = Number(values.seconds)
const rounds = Number(values.rounds)

/** What is looked at, and how to get there. */
const views = {
  'closed': tools => tools.getByRole('tab', { name: 'Send' }).click(),
  'messages': async (tools) => {
    await tools.getByRole('tab', { name: 'App' }).click()
    await tools.getByRole('button', { name: 'Messages' }).click()
  },
  'who listens': async (tools) => {
    await tools.getByRole('tab', { name: 'App' }).click()
    await tools.getByRole('button', { name: 'Who listens' }).click()
  },
}

const browser = await launch()
const server = await servePage('inspected', 'development')
const { portal, page, frame, close } = await openApp(browser, server.url)
try {
  await frame.waitForFunction(() => document.querySelector('#status')?.textContent === 'connected', undefined, { polling: 50 })
  const work = await watchWork()
  console.log(work.isOwn ? 'The app has a process of its own, as in a portal.' : 'The app shares a process with the portal\'s page.')
  const tools = page.getByRole('complementary', { name: 'Tools' })
  const seen = Object.fromEntries(Object.keys(views).map(name => [name, []]))
  // The first one has the code compiled.
  for (let round = -1; round < rounds; round++) {
    for (const name of turns(Object.keys(views), Math.max(0, round))) {
      await views[name](tools)
      const result = await storm(work)
      if (round >= 0) seen[name].push(result)
    }
  }
  console.table(Object.fromEntries(Object.entries(seen).map(([name, runs]) => [name, {
    'frames/s': Math.round(median(runs.map(({ fps }) => fps))),
    'of each round': runs.map(({ fps }) => Math.round(fps)).join(' '),
    'app works, ms/s': Math.round(median(runs.map(({ busy }) => busy))),
    'longest frame, ms': Math.round(median(runs.map(({ longest }) => longest))),
    'messages/s': Math.round(median(runs.map(({ perSecond }) => perSecond))),
    'rows drawn': Math.max(...runs.map(({ rows }) => rows)),
  }])))
  const isSmooth = Object.entries(seen).every(([name, runs]) => name === 'closed' || runs.every(({ fps }) => fps >= LEAST))
  console.log(isSmooth ? `At least ${LEAST} frames a second in every round.` : `Fewer than ${LEAST} frames a second in some round.`)
  process.exitCode = isSmooth ? 0 : 1
}
finally {
  await close()
  await browser.close()
  await server.stop()
}

/** Seconds of processor time that the thread of the app's frame has worked. */
async function watchWork() {
  const context = page.context()
  const own = await context.newCDPSession(frame).catch(() => null)
  const session = own ?? await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    isOwn: own !== null,
    read: async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value,
  }
}

/** Messages at the rate that is wanted, and what the app draws meanwhile. */
async function storm(work) {
  const before = await frame.evaluate(() => {
    window.seen.frames.length = 0
    return window.seen.heard
  })
  const worked = await work.read()
  const begin = performance.now()
  let sent = 0
  for (let elapsed = 0; elapsed < seconds * 1000; elapsed = performance.now() - begin) {
    while (sent < elapsed / 1000 * rate) portal.emit({ module: 'application', command: 'tick', params: { n: sent++ } })
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  const busy = (await work.read() - worked) * 1000 / seconds
  const { frames, heard } = await frame.evaluate(() => window.seen)
  const rows = await page.getByRole('complementary', { name: 'Tools' }).getByRole('listitem').count()
  const lengths = frames.slice(1).map((at, i) => at - frames[i])
  return { fps: frames.length / seconds, longest: Math.max(...lengths), perSecond: (heard - before) / seconds, busy, rows }
}

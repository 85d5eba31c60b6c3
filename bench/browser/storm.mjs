import { servePage } from '../lib/build.mjs'
import { median } from '../lib/median.mjs'
import { launch, openApp } from './open.mjs'

const SOURCES = ['ours', 'sdk', 'sdkCommand', 'mitt', 'eventBus', 'pinia', 'piniaDeep']
const LISTENERS = 50
/** Messages that the portal sends before it looks after its sockets. */
const BURST = 10
/** ms */
const DEADLINE = 120_000

/**
 * Messages as fast as they come, into a page that shows and hears them.
 * @param {{ rounds: number, messages: number }} effort
 */
export async function storm({ rounds, messages }) {
  const browser = await launch()
  const server = await servePage('storm')
  const seen = Object.fromEntries(SOURCES.map(name => [name, []]))
  try {
    for (let round = 0; round < rounds; round++) {
      for (const name of [...SOURCES.slice(round % SOURCES.length), ...SOURCES.slice(0, round % SOURCES.length)]) {
        seen[name].push(await oneStorm(browser, `${server.url}/?source=${name}`, messages))
      }
    }
  }
  finally {
    await browser.close()
    await server.stop()
  }
  return { messages, listeners: LISTENERS, contestants: Object.fromEntries(SOURCES.map(name => [name, summary(seen[name])])) }
}

async function oneStorm(browser, url, messages) {
  const { portal, page, frame, close } = await openApp(browser, url)
  try {
    await frame.waitForFunction(() => window.storm?.isConnected(), undefined, { polling: 50 })
    // Warm: what loads or compiles with the first messages is not a storm's business.
    await send(portal, 50, -50)
    await frame.waitForFunction(calls => window.storm.calls >= calls, 50 * LISTENERS, { polling: 50 })
    await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', 'blink.user_timing', 'devtools.timeline'] })
    await frame.evaluate(() => {
      Object.assign(window.storm, { calls: 0, listRenders: 0, counterRenders: 0, frames: 0, dropped: 0 })
      window.gc?.()
      window.heapBefore = performance.memory.usedJSHeapSize
      performance.mark('storm-begin')
    })
    await send(portal, messages, 0)
    await frame.waitForFunction(calls => window.storm.calls >= calls, messages * LISTENERS, { polling: 100, timeout: DEADLINE })
    const counts = await frame.evaluate(() => new Promise((resolve) => {
      // The last messages have to be on the screen, too.
      requestAnimationFrame(() => requestAnimationFrame(() => {
        performance.mark('storm-end')
        const { calls, listRenders, counterRenders, frames, dropped } = window.storm
        // In a task of its own: the collection that the measuring needs is not the storm's.
        setTimeout(() => {
          window.gc?.()
          resolve({ calls, renders: Math.max(listRenders, counterRenders), frames, dropped, heapGrowth: performance.memory.usedJSHeapSize - window.heapBefore })
        })
      }))
    }))
    return { ...counts, ...tasks(JSON.parse(await browser.stopTracing())) }
  }
  finally {
    await close()
  }
}

async function send(portal, messages, from) {
  for (let n = 0; n < messages; n++) {
    portal.emit({ module: 'application', command: 'tick', params: { n: from + n, title: 'Deal', stage: 'NEW', amount: 1000 } })
    if (n % BURST === BURST - 1) await new Promise(resolve => setImmediate(resolve))
  }
}

/**
 * What the frame's main thread did between the marks, in ms: the processor's time, because the portal, the browser's other
 * processes and whatever else the machine does share its cores.
 */
function tasks({ traceEvents }) {
  const mark = name => traceEvents.find(event => event.name === name && event.cat.includes('blink.user_timing'))
  const begin = mark('storm-begin')
  const end = mark('storm-end')
  const durations = traceEvents
    .filter(({ name, pid, tid, ts, dur, tdur }) => name === 'RunTask' && pid === begin.pid && tid === begin.tid && tdur && ts + dur > begin.ts && ts < end.ts)
    .map(({ tdur }) => tdur / 1000)
  return { took: (end.ts - begin.ts) / 1000, busy: durations.reduce((sum, ms) => sum + ms, 0), longest: Math.max(0, ...durations) }
}

function summary(runs) {
  return Object.fromEntries(Object.keys(runs[0]).map(key => [key, median(runs.map(run => run[key]))]))
}

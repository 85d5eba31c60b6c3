import { servePage } from '../lib/build.mjs'
import { medians, turns } from '../lib/rounds.mjs'
import { CATEGORIES, tasksBetween } from '../lib/tasks.mjs'
import { launch, openApp } from './open.mjs'

const SOURCES = ['ours', 'sdk', 'sdkCommand', 'mitt', 'eventBus', 'pinia', 'piniaDeep']
const LISTENERS = 50
/** Messages of the storm before the one that is measured. */
const WARM = 1000
/** Messages that the portal sends before it looks after its sockets. */
const BURST = 10
/** ms */
const DEADLINE = 120_000

/**
 * Messages as fast as they come, into a page that shows and hears them.
 * @param {{ rounds: number, slowRounds: number, messages: number }} effort `slowRounds`: of the one whose storm takes many times as long
 */
export async function storm({ rounds, slowRounds, messages }) {
  const roundsOf = name => name === 'piniaDeep' ? slowRounds : rounds
  const browser = await launch()
  const server = await servePage('storm')
  const seen = Object.fromEntries(SOURCES.map(name => [name, []]))
  try {
    for (let round = 0; round < rounds; round++) {
      for (const name of turns(SOURCES, round).filter(name => round < roundsOf(name))) {
        seen[name].push(await oneStorm(browser, `${server.url}/?source=${name}`, messages))
      }
    }
  }
  finally {
    await browser.close()
    await server.stop()
  }
  return { messages, warm: WARM, listeners: LISTENERS, rounds, slowRounds, contestants: Object.fromEntries(SOURCES.map(name => [name, medians(seen[name])])) }
}

async function oneStorm(browser, url, messages) {
  const { portal, page, frame, close } = await openApp(browser, url)
  try {
    await frame.waitForFunction(() => window.storm?.isConnected(), undefined, { polling: 50 })
    // Lists are full then, and what a storm runs is compiled, for one as for the other.
    await rain(portal, frame, WARM, -WARM)
    await collectGarbage(frame)
    await browser.startTracing(page, { categories: CATEGORIES })
    await frame.evaluate(() => {
      Object.assign(window.storm, { calls: 0, listRenders: 0, counterRenders: 0, frames: 0, dropped: 0 })
      window.heapBefore = performance.memory.usedJSHeapSize
      performance.mark('storm-begin')
    })
    await rain(portal, frame, messages, 0)
    const counts = await frame.evaluate(() => {
      performance.mark('storm-end')
      const { calls, listRenders, counterRenders, frames, dropped } = window.storm
      return { calls, renders: Math.max(listRenders, counterRenders), frames, dropped }
    })
    const trace = JSON.parse(await browser.stopTracing())
    await collectGarbage(frame)
    const heapGrowth = await frame.evaluate(() => performance.memory.usedJSHeapSize - window.heapBefore)
    return { ...counts, heapGrowth, ...tasksBetween(trace.traceEvents, 'storm-begin', 'storm-end') }
  }
  finally {
    await close()
  }
}

/** Sends, until all handlers have been called and the last message is on the screen. */
async function rain(portal, frame, messages, from) {
  const before = await frame.evaluate(() => window.storm.calls)
  for (let n = 0; n < messages; n++) {
    portal.emit({ module: 'application', command: 'tick', params: { n: from + n, title: 'Deal', stage: 'NEW', amount: 1000 } })
    if (n % BURST === BURST - 1) await new Promise(resolve => setImmediate(resolve))
  }
  await frame.waitForFunction(calls => window.storm.calls >= calls, before + messages * LISTENERS, { polling: 100, timeout: DEADLINE })
  await twoFrames(frame)
}

/** Tasks of their own, which no storm is charged with; frames after them, in which the collector ends what it put off. */
async function collectGarbage(frame) {
  await frame.evaluate(() => window.gc())
  await twoFrames(frame)
}

function twoFrames(frame) {
  return frame.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))))
}

import { servePage } from '../lib/build.mjs'
import { medians, quantile, turns } from '../lib/rounds.mjs'
import { CATEGORIES, tasksBetween } from '../lib/tasks.mjs'
import { launch, openApp } from './open.mjs'

/**
 * How each keys its rows: as costs it less in all. Who renders once a frame finds all rows changed, who renders each message finds
 * one to add.
 */
const ROWS = { ours: 'place', sdk: 'message', sdkCommand: 'message', mitt: 'message', eventBus: 'message', pinia: 'message', piniaDeep: 'message' }
const SLOW = 'piniaDeep'
/** The storms of a few rounds, in which everyone but the slow one keys its rows the other way. */
const OTHER_WAY = Object.fromEntries(Object.entries(ROWS).filter(([name]) => name !== SLOW).map(([name, rows]) => [name, rows === 'place' ? 'message' : 'place']))
const LISTENERS = 50
/** Messages of the storm before the one that is measured. */
const WARM = 1000
/** Messages that the portal sends before it looks after its sockets. */
const BURST = 10
/** ms */
const DEADLINE = 120_000

/**
 * Messages as fast as they come, into a page that shows and hears them.
 * @param {{ rounds: number, otherWayRounds: number, slowRounds: number, messages: number }} effort `otherWayRounds`: with rows keyed the other way; `slowRounds`: of the one whose storm takes many times as long
 */
export async function storm({ rounds, otherWayRounds, slowRounds, messages }) {
  const browser = await launch()
  const server = await servePage('storm')
  const run = async (rows, rounds) => {
    const seen = Object.fromEntries(Object.keys(rows).map(name => [name, []]))
    for (let round = 0; round < rounds; round++) {
      for (const name of turns(Object.keys(rows), round).filter(name => name !== SLOW || round < slowRounds)) {
        seen[name].push(await oneStorm(browser, `${server.url}/?source=${name}&rows=${rows[name]}`, messages))
      }
    }
    return Object.fromEntries(Object.entries(seen).map(([name, runs]) => [name, { rows: rows[name], ...summary(runs) }]))
  }
  try {
    return { messages, warm: WARM, listeners: LISTENERS, rounds, otherWayRounds, slowRounds, contestants: await run(ROWS, rounds), otherWay: await run(OTHER_WAY, otherWayRounds) }
  }
  finally {
    await browser.close()
    await server.stop()
  }
}

/**
 * Medians, and of the longest tasks the lower quartile: what else the machine does, and a clock that jumps, make tasks of a third
 * of the storms longer, and of none shorter.
 */
function summary(runs) {
  return { ...medians(runs), longest: quantile(runs.map(({ longest }) => longest), 0.25) }
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

import mitt from 'mitt'
import { expect, it } from 'vitest'
import { createHub, type Hub } from '../../../src/runtime/app/hub/hub'
import type { PullMessage } from '../../../src/runtime/types'

// The cheap ratios of `npm run bench`, with margins that only a change of the order of growth can use up.

const MODULES = 100
const CALLS = 20_000

const messageTo = (module: string, command: string): PullMessage => ({ module, command, params: {}, extra: {}, type: 'server', receivedAt: 0, source: 'test' })

/** ms; the best of several runs: whatever else the machine does can only make a run slower. */
function fastest(run: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let n = 0; n < 7; n++) {
    const begun = performance.now()
    run()
    best = Math.min(best, performance.now() - begun)
  }
  return best
}

function subscribe(hub: Hub, n: number, command = `command.${Math.floor(n / MODULES)}`) {
  return hub.subscribe({ type: 'server', module: `module${n % MODULES}`, commands: [command], listener: () => {}, onError: () => {} })
}

function dispatching(subscriptions: number): number {
  const hub = createHub()
  for (let n = 0; n < subscriptions; n++) subscribe(hub, n)
  const message = messageTo('module0', 'command.0')
  return fastest(() => {
    for (let n = 0; n < CALLS; n++) hub.dispatch(message)
  })
}

it('dispatches among 10,000 subscriptions in about the time of one', () => {
  expect(dispatching(10_000) / dispatching(1)).toBeLessThan(4)
})

it('dispatches to one listener among 10,000 about as fast as mitt', () => {
  const emitter = mitt<Record<string, unknown>>()
  for (let n = 0; n < 10_000; n++) emitter.on(`${n}`, () => {})
  const theirs = fastest(() => {
    for (let n = 0; n < CALLS; n++) emitter.emit('0', n)
  })
  expect(dispatching(10_000) / theirs).toBeLessThan(5)
})

it('ends 20,000 subscriptions of one command in about twice the time of 10,000', () => {
  const ending = (subscriptions: number) => fastest(() => {
    const hub = createHub()
    const ends = Array.from({ length: subscriptions }, () => subscribe(hub, 0, 'command'))
    for (const end of ends) end()
  })
  ending(1000)
  expect(ending(20_000) / ending(10_000)).toBeLessThan(6)
})

import mitt from 'mitt'
import { expect, it } from 'vitest'
import { createHub } from '../../../src/runtime/app/hub/hub'
import type { Hub } from '../../../src/runtime/app/hub/hub'
import type { PullMessage } from '../../../src/runtime/types'
import { processorTime } from '../../support/processor-time'

// The cheap ratios of `npm run bench`, with margins that only a change of the order of growth can use up.

const MODULES = 100
const CALLS = 20_000

const messageTo = (module: string, command: string): PullMessage => ({ module, command, params: {}, extra: {}, type: 'server', receivedAt: 0, source: 'test' })

function subscribe(hub: Hub, n: number, command = `command.${Math.floor(n / MODULES)}`) {
  const listening = hub.subscribe({ type: 'server', module: `module${n % MODULES}`, commands: [command], listener: () => {}, onError: () => {} })
  return () => listening.leave()
}

function dispatching(subscriptions: number): number {
  const hub = createHub()
  for (let n = 0; n < subscriptions; n++) subscribe(hub, n)
  const message = messageTo('module0', 'command.0')
  return processorTime(() => {
    for (let n = 0; n < CALLS; n++) hub.dispatch(message)
  })
}

it('dispatches among 10,000 subscriptions in about the time of one', () => {
  expect(dispatching(10_000) / dispatching(1)).toBeLessThan(4)
})

it('dispatches to one listener among 10,000 about as fast as mitt', () => {
  const emitter = mitt<Record<string, unknown>>()
  for (let n = 0; n < 10_000; n++) emitter.on(`${n}`, () => {})
  const theirs = processorTime(() => {
    for (let n = 0; n < CALLS; n++) emitter.emit('0', n)
  })
  expect(dispatching(10_000) / theirs).toBeLessThan(5)
})

it('ends 40,000 subscriptions of one command in the order of time in which a Set forgets as many', () => {
  const COUNT = 40_000
  const endAll = (ends: (() => void)[]) => ends.forEach(end => end())
  const ours = processorTime(endAll, () => {
    const hub = createHub()
    const ends = Array.from({ length: COUNT }, () => subscribe(hub, 0, 'command'))
    hub.dispatch(messageTo('module0', 'command'))
    return ends
  })
  const theirs = processorTime(endAll, () => {
    const objects = Array.from({ length: COUNT }, (_, n) => ({ n }))
    const set = new Set(objects)
    return objects.map(object => () => void set.delete(object))
  })
  // As many objects each, so that whoever takes the caches takes them from both. Looking for each in a list is some hundred times as much.
  expect(ours / theirs).toBeLessThan(40)
})

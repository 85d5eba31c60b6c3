import { expect, it } from 'vitest'
import { judge } from '../../../bench/lib/verdicts.mjs'

const run = { busy: 100, longest: 10, renders: 5, frames: 10, calls: 50 }
const storm = (ours: Partial<typeof run>) => ({ messages: 1, listeners: 50, contestants: { ours: { ...run, ...ours }, mitt: { ...run, longest: 12 }, piniaDeep: { ...run, busy: 600 } } })
const start = (sdkAfterMount: number) => ({ latencies: {
  0: { contestants: { ours: { roundTrips: 1 } }, mountedRatio: 0.5, connectedRatio: 1.1, sdkAfterMount: 3 },
  50: { contestants: { ours: { roundTrips: 1 } }, mountedRatio: 0.5, connectedRatio: 1.1, sdkAfterMount },
} })

const failing = (results: object) => judge(results).filter(({ holds }) => !holds).map(({ claim }) => claim)

it('holds what holds, and says nothing of parts that were not run', () => {
  expect(judge({ storm: storm({}) })).toHaveLength(4)
  expect(failing({ storm: storm({}) })).toEqual([])
})

it('compares the longest task with the best of the others', () => {
  expect(failing({ storm: storm({ longest: 11 }) })).toEqual(['Storm, longest task, rows keyed as costs each less: ours to the best of the others'])
})

it('says that a latency at which the SDK by itself is sooner does not hold, and claims nothing of the connection where there is none', () => {
  expect(failing({ start: start(2) })).toEqual(['Time to connected, 50 ms of REST latency: ours to the SDK\'s own way, median of pairs'])
})

it('says that an app that is mounted later than by hand does not hold', () => {
  const { latencies } = start(2)
  latencies[0].mountedRatio = 1
  latencies[50].connectedRatio = 0.8
  expect(failing({ start: { latencies } })).toEqual(['Time to the app\'s mount: ours to the SDK\'s own way, without a latency of REST, median of pairs'])
})

it('does not let one load pass that asked for the SDK before the app had mounted', () => {
  expect(failing({ start: start(-1) }).at(-1)).toMatch('The SDK is asked for after the app has mounted')
})

it('judges mounting components in a page by the same components that do not listen', () => {
  expect(failing({ mount: { ratio: 1.5 } })).toEqual(['Mounting 5,000 components in a page, with `usePullCommand()` in each to the same without, median of pairs'])
  expect(failing({ mount: { ratio: 1.3 } })).toEqual([])
})

it('judges listening to one command by what does mitt\'s work', () => {
  const figures = { ours: 1, oursOn: 2, mitt: 1, sdk: 100 }
  const sizes = { 1: figures, 1000: figures, 10_000: figures }
  const frames = { ...figures, ours: 10 }
  const dispatch = { spread: sizes, spreadGrowth: figures, oneModule: sizes, oneModuleGrowth: figures, oneModuleFrames: { 1: frames, 1000: frames }, crowd: sizes, aloneSpread: sizes, aloneCrowd: sizes }
  expect(failing({ dispatch })).toEqual(['1,000 listeners of one command, through the SDK: ours by `$b24Pull.on()` to mitt'])
})

it('does not hold what was not measured', () => {
  expect(failing({ life: { unsubscribe: { 20_000: { ours: 1, sdk: 100 } }, unsubscribeGrowth: { ours: Number.NaN, mitt: 2 }, mount: { ours: 1, sdk: 1 } } })).toHaveLength(1)
})

import { expect, it } from 'vitest'
import { tasksBetween } from '../../../bench/lib/tasks.mjs'

const thread = { pid: 1, tid: 2 }
const mark = (name: string, ts: number) => ({ name, cat: 'blink.user_timing', ...thread, ts })
/** From and to in µs of the clock; half of it is the processor's. */
const task = (ts: number, end: number, on = thread) => ({ name: 'RunTask', cat: 'devtools.timeline', ...on, ts, dur: end - ts, tdur: (end - ts) / 2 })

const marks = [mark('begin', 10_000), mark('end', 50_000)]
const between = (...tasks: ReturnType<typeof task>[]) => tasksBetween([...marks, ...tasks], 'begin', 'end')

it('counts the processor\'s time of the tasks between the marks', () => {
  expect(between(task(11_000, 15_000), task(20_000, 30_000))).toEqual({ took: 40, busy: 7, longest: 5 })
})

it('leaves out the tasks that set the marks, and what runs before and after', () => {
  expect(between(task(1000, 9000), task(9000, 11_000), task(20_000, 22_000), task(49_000, 51_000), task(51_000, 90_000))).toMatchObject({ busy: 1, longest: 1 })
})

it('leaves out what other threads do', () => {
  expect(between(task(20_000, 30_000, { pid: 1, tid: 3 }), task(20_000, 30_000, { pid: 9, tid: 2 }))).toMatchObject({ busy: 0, longest: 0 })
})

it('charges no task with more of the processor than it took, whatever the steps of the processor\'s clock', () => {
  expect(between({ ...task(20_000, 21_000), tdur: 10_000 })).toMatchObject({ busy: 1, longest: 1 })
})

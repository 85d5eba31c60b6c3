import { setImmediate } from 'node:timers/promises'
import { effectScope } from 'vue'
import { contestants, names } from './contestants'
import type { ContestantName } from './contestants'
import { frame } from './feed'

/** Messages that come before the next turn of the event loop. */
const BURST = 1000
/** Long enough for what is collected per frame: without frames, a timer writes it. */
const SETTLE = 600

export interface HeapResult {
  messages: number
  /** Bytes by which the heap has grown, after the garbage collector. */
  growth: Record<ContestantName, number>
}

export async function heap(messages: number): Promise<HeapResult> {
  const result: HeapResult = { messages, growth: {} as HeapResult['growth'] }
  for (const name of names) result.growth[name] = await flood(name, messages)
  return result
}

/** Each message has an id, a command out of twenty and params of its own. Bytes by which the heap has grown. */
async function flood(name: ContestantName, messages: number): Promise<number> {
  const contestant = await contestants[name]()
  const scope = effectScope(true)
  let calls = 0
  contestant.app.runWithContext(() => scope.run(() => {
    for (let n = 0; n < 20; n++) contestant.use('application', `command.${n}`, () => calls++)
  }))
  const send = async (count: number, tag: string) => {
    for (let n = 0; n < count; n++) {
      contestant.receive(frame('application', `command.${n % 20}`, `${tag}-${n}`))
      if (n % BURST === BURST - 1) await setImmediate()
    }
    await new Promise(resolve => setTimeout(resolve, SETTLE))
  }
  await send(20_000, 'warm')
  calls = 0
  const before = usedHeap()
  await send(messages, 'storm')
  const growth = usedHeap() - before
  if (calls !== messages) throw new Error(`${name} called ${calls} handlers for ${messages} messages.`)
  scope.stop()
  contestant.close()
  return growth
}

function usedHeap(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

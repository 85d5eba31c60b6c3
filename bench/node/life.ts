import { setTimeout } from 'node:timers/promises'
import { createRenderer, defineComponent, h, shallowRef, nextTick } from 'vue'
import type { RendererOptions } from 'vue'
import { median, pairedRatio, turns } from '../lib/rounds.mjs'
import { contestants, names } from './contestants'
import type { Contestant, ContestantName, Figures } from './contestants'

const SIZES = [1000, 10_000, 20_000]
const COMPONENTS = 5000
/** Commands over which the subscriptions of the one module are spread. */
const COMMANDS = 100
/** ms */
const SWEEP = 20

export interface LifeResult {
  rounds: number
  /** Of the SDK by hand, whose 20,000 take seconds. */
  slowRounds: number
  /** ms for all of them, by number of subscriptions. */
  subscribe: Record<number, Figures>
  unsubscribe: Record<number, Figures>
  /** What unsubscribing 20,000 takes to what 10,000 do: the median of the rounds' ratios. */
  unsubscribeGrowth: Figures
  /** ms for 5,000 components with one subscription each. */
  mount: Figures
  unmount: Figures
  /** What mounting ours takes to the same components without a subscription: the median of the rounds' ratios. */
  mountToBare: number
}

/** ms of one contestant in one round. */
interface Round {
  subscribe: Record<number, number>
  unsubscribe: Record<number, number>
  mount: number
  /** The same components without a subscription, right before or after. */
  bareMount: number
  unmount: number
}

/** All contestants take turns with all sizes in each round; the first round only warms up. */
export async function life({ rounds, slowRounds }: Pick<LifeResult, 'rounds' | 'slowRounds'>): Promise<LifeResult> {
  const seen = new Map<ContestantName, Round[]>(names.map(name => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const name of turns(names, round)) {
      if (name === 'sdk' && round > slowRounds) continue
      const measured = await oneRound(contestants[name], turns(SIZES, round), round)
      if (round > 0) seen.get(name)!.push(measured)
    }
  }
  const figures = (of: (rounds: Round[]) => number): Figures => Object.fromEntries([...seen].map(([name, rounds]) => [name, of(rounds)]))
  const medianOf = (pick: (round: Round) => number) => figures(rounds => median(rounds.map(pick)))
  const ratioOf = (pick: (round: Round) => number, other: (round: Round) => number) => figures(rounds => pairedRatio(rounds.map(pick), rounds.map(other)))
  const bySize = (what: 'subscribe' | 'unsubscribe') => Object.fromEntries(SIZES.map(size => [size, medianOf(round => round[what][size]!)]))
  return {
    rounds,
    slowRounds,
    subscribe: bySize('subscribe'),
    unsubscribe: bySize('unsubscribe'),
    unsubscribeGrowth: ratioOf(round => round.unsubscribe[20_000]!, round => round.unsubscribe[10_000]!),
    mount: medianOf(({ mount }) => mount),
    unmount: medianOf(({ unmount }) => unmount),
    mountToBare: ratioOf(({ mount }) => mount, ({ bareMount }) => bareMount).ours!,
  }
}

async function oneRound(create: () => Promise<Contestant>, sizes: number[], n: number): Promise<Round> {
  const round: Round = { subscribe: {}, unsubscribe: {}, mount: 0, bareMount: 0, unmount: 0 }
  for (const size of sizes) {
    const contestant = await create()
    ;[round.subscribe[size], round.unsubscribe[size]] = await subscriptions(contestant, size)
    contestant.close()
  }
  for (const isBare of turns([true, false], n)) {
    const contestant = await create()
    const [mount, unmount] = await components(isBare ? { ...contestant, use() {} } : contestant)
    contestant.close()
    Object.assign(round, isBare ? { bareMount: mount } : { mount, unmount })
  }
  return round
}

/**
 * Collects garbage where it is no part of what is measured. Its threads go on sweeping after it, and whoever meets a page that is
 * not swept yet sweeps it first: they get the time to end.
 */
async function settle(): Promise<void> {
  globalThis.gc?.()
  await setTimeout(SWEEP)
}

/** ms to subscribe, and to unsubscribe. */
async function subscriptions({ app, subscribe }: Contestant, size: number): Promise<[number, number]> {
  await settle()
  const begun = performance.now()
  const offs = app.runWithContext(() => Array.from({ length: size }, (_, n) => subscribe('application', `command.${n % COMMANDS}`, () => void n)))
  const subscribed = performance.now()
  await settle()
  const ending = performance.now()
  for (const off of offs) off()
  return [subscribed - begun, performance.now() - ending]
}

/** Vue with nothing to draw on: what is measured is the components' life, not the document's. */
const noDocument: RendererOptions<object, object> = {
  patchProp() {},
  insert() {},
  remove() {},
  createElement: () => ({}),
  createText: () => ({}),
  createComment: () => ({}),
  setText() {},
  setElementText() {},
  parentNode: () => null,
  nextSibling: () => null,
}

async function components({ app, use }: Contestant): Promise<[number, number]> {
  const isShown = shallowRef(false)
  const Listener = defineComponent({
    props: { n: { type: Number, required: true } },
    setup({ n }) {
      use('application', `command.${n % COMMANDS}`, () => void n)
      return () => h('i')
    },
  })
  const list = createRenderer(noDocument).createApp({
    render: () => isShown.value ? h('div', Array.from({ length: COMPONENTS }, (_, n) => h(Listener, { key: n, n }))) : h('p'),
  })
  Object.assign(list._context.provides, app._context.provides)
  list.mount({})
  await settle()
  const begun = performance.now()
  isShown.value = true
  await nextTick()
  const mounted = performance.now()
  isShown.value = false
  await nextTick()
  const unmounted = performance.now()
  list.unmount()
  return [mounted - begun, unmounted - mounted]
}

import { createRenderer, defineComponent, h, type RendererOptions, shallowRef, nextTick } from 'vue'
import { type Contestant, contestants, names } from './contestants'
import { type Effort, type Figures, median, rotated } from './measure'

const SIZES = [1000, 10_000, 20_000]
const COMPONENTS = 5000
/** Commands over which the subscriptions of the one module are spread. */
const COMMANDS = 100

export interface LifeResult {
  /** ms for all of them, by number of subscriptions. */
  subscribe: Record<number, Figures>
  unsubscribe: Record<number, Figures>
  /** ms for 5,000 components with one subscription each. */
  mount: Figures
  unmount: Figures
}

export async function life({ rounds }: Pick<Effort, 'rounds'>): Promise<LifeResult> {
  const result: LifeResult = { subscribe: {}, unsubscribe: {}, mount: {}, unmount: {} }
  for (const size of SIZES) {
    const [subscribe, unsubscribe] = await takeTurns(rounds, contestant => subscriptions(contestant, size))
    result.subscribe[size] = subscribe
    result.unsubscribe[size] = unsubscribe
  }
  const [mount, unmount] = await takeTurns(rounds, components)
  return { ...result, mount, unmount }
}

/** Medians of two figures for each contestant, all taking turns. The first round only warms up. */
async function takeTurns(rounds: number, run: (contestant: Contestant) => Promise<[number, number]>): Promise<[Figures, Figures]> {
  const seen = new Map<string, [number[], number[]]>(names.map(name => [name, [[], []]]))
  for (let round = 0; round <= rounds; round++) {
    for (const name of rotated(names, round)) {
      const contestant = await contestants[name]()
      const [first, second] = await run(contestant)
      contestant.close()
      globalThis.gc?.()
      if (round === 0) continue
      seen.get(name)![0].push(first)
      seen.get(name)![1].push(second)
    }
  }
  return [0, 1].map(i => Object.fromEntries([...seen].map(([name, values]) => [name, median(values[i]!)]))) as [Figures, Figures]
}

async function subscriptions({ app, subscribe }: Contestant, size: number): Promise<[number, number]> {
  return app.runWithContext(() => {
    const begun = performance.now()
    const offs = Array.from({ length: size }, (_, n) => subscribe('application', `command.${n % COMMANDS}`, () => void n))
    const subscribed = performance.now()
    // What subscribing left behind is collected first: it is no part of unsubscribing.
    globalThis.gc?.()
    const ending = performance.now()
    for (const off of offs) off()
    return [subscribed - begun, performance.now() - ending]
  })
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

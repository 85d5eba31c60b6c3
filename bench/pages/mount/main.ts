import { createApp, defineComponent, h, nextTick, shallowRef } from 'vue'
import { createB24Pull, usePullCommand } from '../../../src/vue'

// A list of 5,000 rows in a document, each a component: mounted with a subscription in each, and without.

const ROWS = 5000
/** Commands over which the subscriptions are spread. */
const COMMANDS = 100
const MODULE = 'application'
/** There before any row is, as the literals of an app are: rows without a subscription make no strings either. */
const names = Array.from({ length: COMMANDS }, (_, n) => `command.${n}`)

declare const gc: () => void

const shown = shallowRef<'nothing' | 'bare' | 'listening'>('nothing')

function row(setup: (n: number) => void) {
  return defineComponent({
    props: { n: { type: Number, required: true } },
    setup({ n }) {
      setup(n)
      return () => h('li', [h('b', n), ' a deal'])
    },
  })
}

const rows = {
  bare: row(() => {}),
  listening: row(n => void usePullCommand(MODULE, names[n % COMMANDS]!, () => void n)),
}

const pull = createB24Pull()
const app = createApp({
  render() {
    const kind = shown.value
    return kind === 'nothing' ? h('p', 'nothing') : h('ul', Array.from({ length: ROWS }, (_, n) => h(rows[kind], { key: n, n })))
  },
}).use(pull)
app.mount('#app')
const { isConnected } = app.config.globalProperties.$b24Pull

/** ms in which all rows are mounted, and unmounted. */
async function measure(kind: keyof typeof rows): Promise<{ mount: number, unmount: number }> {
  gc()
  const begun = performance.now()
  shown.value = kind
  await nextTick()
  const mounted = performance.now()
  shown.value = 'nothing'
  await nextTick()
  return { mount: mounted - begun, unmount: performance.now() - mounted }
}

Object.assign(window, { measure, isConnected: () => isConnected.value })

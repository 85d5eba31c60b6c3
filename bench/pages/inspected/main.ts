import { createApp, defineComponent, h } from 'vue'
import { createB24Pull, usePull, usePullCommand } from '../../../src/vue'

// Twenty components of a development build, each of which shows each message.

const LISTENERS = 20

const Row = defineComponent(() => {
  const { data, count } = usePullCommand('application', 'tick', () => seen.heard += 1 / LISTENERS)
  return () => h('p', `${count.value}: ${JSON.stringify(data.value)}`)
})

const App = defineComponent(() => {
  const { status } = usePull()
  return () => [h('p', { id: 'status' }, status.value), ...Array.from({ length: LISTENERS }, (_, key) => h(Row, { key }))]
})

/** What the driver reads. */
const seen = { frames: [] as number[], heard: 0 }
const onFrame = (at: number) => {
  seen.frames.push(at)
  requestAnimationFrame(onFrame)
}
requestAnimationFrame(onFrame)

declare global {
  interface Window { seen: typeof seen }
}

window.seen = seen
createApp(App).use(createB24Pull()).mount('#app')

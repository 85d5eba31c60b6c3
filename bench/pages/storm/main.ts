import { createPinia } from 'pinia'
import { createApp, defineComponent, h } from 'vue'
import { sources } from './sources'

// A visible list of 100 rows, a counter, and 50 components that listen and render nothing of what they hear.

const LISTENERS = 50

const query = new URLSearchParams(location.search)
const source = await sources[query.get('source') ?? '']!()
/** Whether a row stays where it is and takes another message's text, or is a message's own and moves. */
const areRowsPlaces = query.get('rows') === 'place'
/** What the driver of the benchmark reads. */
const seen = { calls: 0, listRenders: 0, counterRenders: 0, frames: 0, dropped: 0, isConnected: () => source.isConnected() }

const List = defineComponent(() => {
  const { rows } = source.useView()
  return () => {
    seen.listRenders++
    return h('ul', { style: 'height: 600px; overflow: hidden' }, rows().map(({ params }, place) => h('li', { key: areRowsPlaces ? place : params.n as number }, [h('b', String(params.n)), ` ${params.title} ${params.stage}`])))
  }
})
const Counter = defineComponent(() => {
  const { total } = source.useView()
  return () => {
    seen.counterRenders++
    return h('p', total())
  }
})
const Listener = defineComponent(() => {
  source.useListener(() => seen.calls++)
  return () => h('i', 'listening')
})

const app = createApp({ render: () => [h(Counter), h(List), ...Array.from({ length: LISTENERS }, (_, key) => h(Listener, { key }))] }).use(createPinia())
source.install(app)
app.mount('#app')

let last = performance.now()
function onFrame(now: number): void {
  seen.frames++
  seen.dropped += Math.max(0, Math.round((now - last) / (1000 / 60)) - 1)
  last = now
  requestAnimationFrame(onFrame)
}
requestAnimationFrame(onFrame)

Object.assign(window, { storm: seen })

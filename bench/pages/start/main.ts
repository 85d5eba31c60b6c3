import { createApp, h } from 'vue'
import { createB24Pull } from '../../../src/vue'

// Our way: the app mounts, the connection and the SDK load after that.

const pull = createB24Pull()
const app = createApp({
  mounted: () => performance.mark('mounted'),
  render: () => h('p', 'app'),
}).use(pull)
app.config.globalProperties.$b24Pull.on('application', '*', () => {})
app.mount('#app')
const poll = () => {
  if (app.config.globalProperties.$b24Pull.isConnected.value) performance.mark('connected')
  else setTimeout(poll, 1)
}
poll()

import { createApp, h, watch } from 'vue'
import { createB24Pull } from '../../../src/vue'

// Our way: the app mounts, the connection and the SDK load after that.

const pull = createB24Pull()
const app = createApp({
  mounted: () => performance.mark('mounted'),
  render: () => h('p', 'app'),
}).use(pull)
const { $b24Pull } = app.config.globalProperties
$b24Pull.on('application', '*', () => {})
watch($b24Pull.isConnected, isConnected => isConnected && performance.mark('connected'), { flush: 'sync' })
app.mount('#app')

import { createApp, h, watch } from 'vue'
import { createB24Pull } from '../../../src/vue'

// A frame that says when it was mounted and connected, when its first message came and how many there were: with a connection of its
// own, or with `?share` one that frames share.

const heard = { count: 0, role: () => null as string | null }
Object.assign(window, { heard })

const pull = createB24Pull({ share: new URLSearchParams(location.search).has('share') })
const app = createApp({
  mounted: () => performance.mark('mounted'),
  render: () => h('p', 'app'),
}).use(pull)
const { $b24Pull } = app.config.globalProperties
$b24Pull.on('application', '*', () => {
  if (!heard.count++) performance.mark('message')
})
heard.role = () => $b24Pull.role.value
watch($b24Pull.isConnected, isConnected => isConnected && performance.mark('connected'), { flush: 'sync' })
app.mount('#app')

import { initializeB24Frame, LoadDataType, useB24Helper } from '@bitrix24/b24jssdk'
import { createPinia } from 'pinia'
import { createApp, h } from 'vue'

// The SDK's own way, in the order in which its documentation has the calls; the app is there from the start, as ours is.

createApp({
  mounted: () => performance.mark('mounted'),
  render: () => h('p', 'app'),
}).use(createPinia()).mount('#app')

interface PullClient { subscribe: (options: { type: 'status', callback: (event: { status: string }) => void }) => () => void }

const { initB24Helper, usePullClient, useSubscribePullClient, startPullClient, getB24Helper } = useB24Helper()
const frame = await initializeB24Frame()
await initB24Helper(frame, [LoadDataType.Profile])
usePullClient()
useSubscribePullClient(() => {}, 'application')
const client = (getB24Helper() as unknown as { _b24PullClient: PullClient })._b24PullClient
// It is told in the task in which the socket opens, and so is the watcher of our page.
client.subscribe({ type: 'status', callback: ({ status }) => status === 'online' && performance.mark('connected') })
startPullClient()

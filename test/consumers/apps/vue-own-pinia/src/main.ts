import { createB24Pull } from 'nuxt-b24-pull/vue'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'

const pinia = createPinia()
const app = createApp(App).use(pinia).use(createB24Pull())
app.mount('#app')

if (!('b24-pull' in pinia.state.value)) throw new Error('The pull\'s store is not in the app\'s own Pinia.')

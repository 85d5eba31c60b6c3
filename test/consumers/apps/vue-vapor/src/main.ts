import { createB24Pull } from 'nuxt-b24-pull/vue'
import { createApp, vaporInteropPlugin } from 'vue'
import App from './App.vue'

createApp(App).use(vaporInteropPlugin).use(createB24Pull()).mount('#app')

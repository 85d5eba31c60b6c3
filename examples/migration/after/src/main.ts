import { createB24Pull } from 'nuxt-b24-pull/vue'
import { createApp } from 'vue'
import App from './App.vue'

createApp(App).use(createB24Pull()).mount('#app')

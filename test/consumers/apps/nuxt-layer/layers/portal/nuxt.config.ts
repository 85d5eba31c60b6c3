export default defineNuxtConfig({
  modules: ['nuxt-b24-pull'],
  b24Pull: { portal: true },
})

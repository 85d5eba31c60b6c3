export default defineNuxtConfig({
  modules: ['nuxt-b24-pull'],
  compatibilityDate: '2026-11-01',
  b24Pull: {
    // A Bitrix24 on localhost, beside `nuxt dev` only; it prints its address.
    portal: {
      users: [{ id: 1, name: 'Ada', isAdmin: true }, { id: 2, name: 'Emil' }],
    },
  },
})

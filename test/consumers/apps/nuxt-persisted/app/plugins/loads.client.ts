export default defineNuxtPlugin(() => {
  useKeptStore().loads++
})

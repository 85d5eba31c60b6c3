/** A store of the app's own, which the plugin keeps. */
export const useKeptStore = defineStore('kept', () => ({ loads: ref(0) }))

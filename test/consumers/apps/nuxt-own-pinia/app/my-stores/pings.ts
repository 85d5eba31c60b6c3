import { defineStore } from 'pinia'
import { ref } from 'vue'

export const usePingsStore = defineStore('pings', () => {
  const senders = ref<string[]>([])
  usePullCommand('application', 'ping', ({ from }) => void senders.value.push(from))
  return { senders }
})

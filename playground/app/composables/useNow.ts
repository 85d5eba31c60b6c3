/** The time in ms since epoch, once a second. 0 until mounted, so that server and browser render the same. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    now.value = Date.now()
    timer = setInterval(() => (now.value = Date.now()), 1000)
  })
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}

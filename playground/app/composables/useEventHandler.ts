import type { B24Frame } from '@bitrix24/b24jssdk'

interface BoundHandler {
  event: string
  handler: string
}

/** The app's own handler of an event of the portal: whether it is bound, and how to bind it. */
export function useEventHandler(event: string) {
  const { frame, userId } = usePull()
  const { app } = useRuntimeConfig()
  /** `null` = not known yet. */
  const isBound = ref<boolean | null>(null)
  const problem = ref('')

  const address = () => new URL(`${app.baseURL}api/b24-events`, location.origin).href

  async function attempt(run: () => Promise<void>) {
    problem.value = ''
    try {
      await run()
    }
    catch (error) {
      problem.value = error instanceof Error ? error.message : String(error)
    }
  }

  const look = (from: B24Frame) => attempt(async () => {
    const bound = await callRest<BoundHandler[]>(from, 'event.get')
    isBound.value = bound.some(known => known.event === event && known.handler === address())
  })

  const bind = () => attempt(async () => {
    // With this user's access; by default it would be that of whoever changes something, who may not have the app.
    await callRest(frame.value!, 'event.bind', { event, handler: address(), auth_type: userId.value })
    isBound.value = true
  })

  const unbind = () => attempt(async () => {
    await callRest(frame.value!, 'event.unbind', { event, handler: address(), auth_type: userId.value })
    isBound.value = false
  })

  watch(frame, current => current && look(current), { immediate: true })

  return { event, isBound, problem, bind, unbind }
}

export type EventHandler = ReturnType<typeof useEventHandler>

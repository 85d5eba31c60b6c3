/** Publishes commands to the user's own pages, directly, as another client of the push server does. */
export function usePublish() {
  const { frame, userId } = usePull()
  const isPublishing = ref(false)
  const problem = ref('')

  async function publish(module: string, command: string) {
    isPublishing.value = true
    problem.value = ''
    try {
      const config = await callRest<PushConfig>(frame.value!, 'pull.application.config.get')
      await publishDirectly(config, [userId.value!], { module_id: module, command, params: {} })
    }
    catch (error) {
      problem.value = error instanceof Error ? error.message : String(error)
    }
    finally {
      isPublishing.value = false
    }
  }

  return { publish, isPublishing, problem }
}

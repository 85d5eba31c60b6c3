import type { B24Frame } from '@bitrix24/b24jssdk'
import type { AppOptions, SettingsOptions } from '~/types/settings'

/** The app's options, read over REST, and read again whenever `application:reload.options` arrives. */
export function useAppOptions() {
  const { frame } = usePull()
  const options = shallowRef<AppOptions>({})
  const reloads = ref(0)
  const problem = ref('')

  async function load(from: B24Frame): Promise<boolean> {
    try {
      const result = await callRest<AppOptions | []>(from, 'app.option.get')
      // PHP knows no empty object: no options come as an empty list.
      options.value = Array.isArray(result) ? {} : result
      problem.value = ''
      return true
    }
    catch (error) {
      problem.value = error instanceof Error ? error.message : String(error)
      return false
    }
  }

  async function save(values: SettingsOptions) {
    if (!frame.value) throw new Error('There is no portal to save to.')
    await callRest(frame.value, 'app.option.set', { options: values })
    options.value = { ...options.value, ...values }
  }

  watch(frame, current => current && load(current), { immediate: true })

  usePullCommand('application', 'reload.options', async () => {
    if (frame.value && await load(frame.value)) reloads.value++
  })

  return { options, reloads, problem, save }
}

import type { Ref } from 'vue'
import { useToast } from '@bitrix24/b24ui-nuxt/composables'
import { ref } from 'vue'

export interface UseRequestReturn {
  isBusy: Readonly<Ref<boolean>>
  /** Resolves to `undefined` where it failed; the page has then told so. */
  run: <Answer>(request: () => Promise<Answer>) => Promise<Answer | undefined>
}

/** Runs calls to the engine; a failure is told in a toast. */
export function useRequest(): UseRequestReturn {
  const toast = useToast()
  const isBusy = ref(false)

  async function run<Answer>(request: () => Promise<Answer>): Promise<Answer | undefined> {
    isBusy.value = true
    try {
      return await request()
    }
    catch (error) {
      toast.add({ title: error instanceof Error ? error.message : String(error), color: 'air-primary-alert' })
    }
    finally {
      isBusy.value = false
    }
  }

  return { isBusy, run }
}

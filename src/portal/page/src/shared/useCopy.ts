import { useToast } from '@bitrix24/b24ui-nuxt/composables'
import { useClipboard } from '@vueuse/core'

/** Copies a text and says so. The old way, too: a page on http://127.0.0.1 may be denied the new one. */
export function useCopy(): (text: string, what: string) => Promise<void> {
  const toast = useToast()
  const { copy } = useClipboard({ legacy: true })

  return async (text, what) => {
    await copy(text)
    toast.add({ title: `${what} copied`, color: 'air-primary-success' })
  }
}

import type { Ref } from 'vue'
import { ref } from 'vue'
import { readObject } from './json-object'

export interface UseJsonFieldReturn {
  text: Ref<string>
  error: Readonly<Ref<string>>
  /** The object in the field; `null` after telling in `error` what is wrong with it. */
  read: () => Record<string, unknown> | null
}

/** A field that holds a JSON object. */
export function useJsonField(initial: string): UseJsonFieldReturn {
  const text = ref(initial)
  const error = ref('')

  function read() {
    const value = readObject(text.value)
    error.value = typeof value === 'string' ? value : ''
    return typeof value === 'string' ? null : value
  }

  return { text, error, read }
}

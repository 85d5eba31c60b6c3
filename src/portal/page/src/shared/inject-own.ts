import type { InjectionKey } from 'vue'
import { inject } from 'vue'

/** What App.vue provides. @param caller the composable that asks, for the error */
export function injectOwn<T>(key: InjectionKey<T>, caller: string): T {
  const own = inject(key)
  if (!own) throw new Error(`${caller}() is only for components below App.vue`)
  return own
}

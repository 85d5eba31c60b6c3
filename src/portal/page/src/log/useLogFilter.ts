import type { ComputedRef, WritableComputedRef } from 'vue'
import type { LogSource } from '../../../types'
import type { LogFilter, LogLine } from './log-tree'
import { computed, ref, shallowRef } from 'vue'
import { useAddress } from '../state/address'
import { usePortal } from '../state/portal'
import { linesOf } from './log-tree'

export const logSources: readonly LogSource[] = ['bridge', 'rest', 'push', 'event', 'fault', 'portal']

export interface UseLogFilterReturn {
  /** Kept in the page's address. */
  filter: WritableComputedRef<LogFilter>
  lines: ComputedRef<readonly LogLine[]>
  isPaused: ComputedRef<boolean>
  /** How many entries have come since the pause. */
  unseen: ComputedRef<number>
  pause: () => void
  resume: () => void
}

export function useLogFilter(): UseLogFilterReturn {
  const { log } = usePortal()
  const address = useAddress()
  const held = shallowRef(log.value)
  const isPaused = ref(false)

  const filter = computed<LogFilter>({
    get: () => ({
      sources: (address.sources ?? '').split(',').filter(Boolean),
      onlyProblems: address.problems === '1',
      text: address.q ?? '',
      userId: address.person ? Number(address.person) : null,
      frameId: address.frame || null,
    }),
    set({ sources, onlyProblems, text, userId, frameId }) {
      address.sources = sources.join(',')
      address.problems = onlyProblems ? '1' : ''
      address.q = text
      address.person = userId === null ? '' : String(userId)
      address.frame = frameId ?? ''
    },
  })

  const shown = computed(() => isPaused.value ? held.value : log.value)

  return {
    filter,
    lines: computed(() => linesOf(shown.value, filter.value)),
    isPaused: computed(() => isPaused.value),
    unseen: computed(() => isPaused.value ? Math.max(0, (log.value.at(-1)?.id ?? 0) - (held.value.at(-1)?.id ?? 0)) : 0),
    pause() {
      held.value = log.value
      isPaused.value = true
    },
    resume: () => void (isPaused.value = false),
  }
}

import type { ComputedRef } from 'vue'
import type { LogEntry, LogSource } from '../../../types'
import { computed, reactive, ref } from 'vue'
import { usePortal } from '../state/portal'

const PAGE = 100

export const logSources: readonly LogSource[] = ['bridge', 'rest', 'push', 'event', 'fault', 'portal']

export interface LogFilter {
  /** None chosen = all of them. */
  sources: LogSource[]
  onlyProblems: boolean
  text: string
}

export interface UseLogFilterReturn {
  filter: LogFilter
  /** Newest first. */
  matching: ComputedRef<readonly LogEntry[]>
  /** As many of them as are drawn. */
  visible: ComputedRef<readonly LogEntry[]>
  showMore: () => void
}

export function useLogFilter(): UseLogFilterReturn {
  const { log } = usePortal()
  const filter = reactive<LogFilter>({ sources: [], onlyProblems: false, text: '' })
  const limit = ref(PAGE)

  const matching = computed(() => log.value.filter(entry => matches(entry, filter)).reverse())
  const visible = computed(() => matching.value.slice(0, limit.value))

  return { filter, matching, visible, showMore: () => (limit.value += PAGE) }
}

function matches(entry: LogEntry, { sources, onlyProblems, text }: LogFilter): boolean {
  if (sources.length && !sources.includes(entry.source)) return false
  if (onlyProblems && entry.level === 'info') return false
  const wanted = text.trim().toLowerCase()
  return !wanted || entry.title.toLowerCase().includes(wanted) || JSON.stringify(entry.details ?? '').toLowerCase().includes(wanted)
}

import { getCurrentScope, onScopeDispose } from 'vue'
import type { PullContext } from '../pull-context'

/** Development only: shows in the inspector how a composable fares, for as long as the scope at hand lives. */
export function showUse(context: PullContext | null, caller: string, read: () => Record<string, unknown>): void {
  const end = context?.probe?.shows(caller, read)
  if (end && getCurrentScope()) onScopeDispose(end)
}

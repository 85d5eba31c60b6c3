import type { ComputedRef, Ref } from 'vue'
import type { FaultName, FaultState } from '../../../types'
import { computed } from 'vue'
import { control } from '../control/client'
import { useRequest } from '../shared/useRequest'
import { usePortal } from '../state/portal'

export interface UseFaultsReturn {
  faults: ComputedRef<readonly FaultState[]>
  /** What is on now. */
  active: ComputedRef<readonly FaultState[]>
  isBusy: Readonly<Ref<boolean>>
  turnOn: (name: FaultName, settings: FaultState['settings']) => Promise<unknown>
  turnOff: (name: FaultName) => Promise<unknown>
}

export function useFaults(): UseFaultsReturn {
  const { state } = usePortal()
  const { isBusy, run } = useRequest()

  return {
    faults: computed(() => state.value.faults),
    active: computed(() => state.value.faults.filter(fault => fault.isOn)),
    isBusy,
    turnOn: (name, settings) => run(() => control.faultOn({ name, settings })),
    turnOff: name => run(() => control.faultOff({ name })),
  }
}

/** What is left of a fault that is on: `3 left`, `12 s left`; empty for one that stays. */
export function remainderOf(fault: FaultState, now: number): string {
  if (fault.remaining !== null) return `${fault.remaining} left`
  if (fault.until !== null) return `${Math.max(0, Math.round((fault.until - now) / 1000))} s left`
  return ''
}

import type { ShallowRef } from 'vue'
import type { Draft } from './draft'
import { shallowRef } from 'vue'

export interface Preset extends Draft {
  name: string
}

const KEY = 'b24-pull-portal:presets'

const initial: Preset[] = [
  { name: 'Ping', module: 'application', command: 'ping', params: '{}', receivers: [] },
  { name: 'Reload options', module: 'application', command: 'reload.options', params: '{\n  "from": "portal"\n}', receivers: [] },
]

export interface UsePresetsReturn {
  presets: Readonly<ShallowRef<readonly Preset[]>>
  /** One of the same name is replaced. */
  save: (name: string, draft: Draft) => void
  remove: (name: string) => void
}

/** Messages kept in this browser, to be sent again another day. */
export function usePresets(): UsePresetsReturn {
  const presets = shallowRef<readonly Preset[]>(load())

  function keep(changed: readonly Preset[]) {
    presets.value = changed
    try {
      localStorage.setItem(KEY, JSON.stringify(changed))
    }
    catch {
      // No storage (a private window, a full disk): they last as long as the page.
    }
  }

  return {
    presets,
    save: (name, draft) => keep([...presets.value.filter(preset => preset.name !== name), { ...draft, name, receivers: [...draft.receivers] }]),
    remove: name => keep(presets.value.filter(preset => preset.name !== name)),
  }
}

function load(): Preset[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return Array.isArray(kept) ? kept.filter(isPreset) : initial
  }
  catch {
    return initial
  }
}

function isPreset(value: unknown): value is Preset {
  if (typeof value !== 'object' || value === null) return false
  const { name, module, command, params, receivers } = value as Record<string, unknown>
  return [name, module, command, params].every(text => typeof text === 'string') && Array.isArray(receivers)
}

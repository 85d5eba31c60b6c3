import type { Ref } from 'vue'
import type { Draft } from './draft'
import { useLocalStorage } from '@vueuse/core'

export interface Preset extends Draft {
  name: string
}

const initial: Preset[] = [
  { name: 'Ping', module: 'application', command: 'ping', params: '{}', receivers: [] },
  { name: 'Reload options', module: 'application', command: 'reload.options', params: '{\n  "from": "portal"\n}', receivers: [] },
]

export interface UsePresetsReturn {
  presets: Readonly<Ref<readonly Preset[]>>
  /** One of the same name is replaced. */
  save: (name: string, draft: Draft) => void
  remove: (name: string) => void
}

/** Messages kept in this browser, to be sent again another day. Without storage they last as long as the page. */
export function usePresets(): UsePresetsReturn {
  const presets = useLocalStorage<Preset[]>('b24-pull-portal:presets', initial, {
    onError() {},
    serializer: { read: readPresets, write: kept => JSON.stringify(kept) },
  })

  return {
    presets,
    save(name, draft) {
      presets.value = [...presets.value.filter(preset => preset.name !== name), { ...draft, name, receivers: [...draft.receivers] }]
    },
    remove(name) {
      presets.value = presets.value.filter(preset => preset.name !== name)
    },
  }
}

function readPresets(text: string): Preset[] {
  const kept: unknown = JSON.parse(text)
  return Array.isArray(kept) ? kept.filter(isPreset) : initial
}

function isPreset(value: unknown): value is Preset {
  if (typeof value !== 'object' || value === null) return false
  const { name, module, command, params, receivers } = value as Record<string, unknown>
  return [name, module, command, params].every(text => typeof text === 'string') && Array.isArray(receivers)
}

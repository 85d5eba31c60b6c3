import type { FaultState } from '../types'
import type { FaultDefinition } from './define'
import type { FaultName } from './definitions'
import { FAULT_NAMES, FAULTS } from './definitions'
import type { FaultReach } from './reach'
import type { FaultSettings } from './settings'
import { resolveFaultSettings } from './settings'

/** Faults as tests and options use them. */
export interface PortalFaults {
  readonly list: readonly FaultState[]
  /**
   * Switches a fault on, or does it at once where it is an action.
   *
   * @param name which one
   * @param settings what differs from its defaults
   * @throws PortalError when a setting is out of bounds
   * @example
   * ```ts
   * portal.faults.on('fail-method', { method: 'profile', times: 2, status: 503 })
   * ```
   */
  on: <Name extends FaultName>(name: Name, settings?: Partial<FaultSettings[Name]>) => FaultState
  off: (name: FaultName) => FaultState
  /** Every fault off. */
  clear: () => void
}

/** What the parts of the portal ask while they work. */
export interface FaultBoard extends PortalFaults {
  settingsOf: <Name extends FaultName>(name: Name) => FaultSettings[Name] | null
  /** Uses up one of the remaining times; null when the fault is off. */
  take: <Name extends FaultName>(name: Name) => FaultSettings[Name] | null
  dispose: () => void
}

interface Active {
  settings: object
  remaining: number | null
  until: number | null
  timer: NodeJS.Timeout | null
}

export interface FaultDeps {
  reach: () => FaultReach
  onChange: (state: FaultState) => void
}

/** The board of one portal: which faults are on, with what, for how much longer. */
export function createFaults({ reach, onChange }: FaultDeps): FaultBoard {
  const active = new Map<FaultName, Active>()

  function stateOf(name: FaultName): FaultState {
    const entry = active.get(name)
    const { title, description, group, kind, fields } = definitionOf(name)
    return {
      name,
      title,
      description,
      group,
      kind,
      fields: Object.entries(fields).map(([field, rest]) => ({ name: field, ...rest })),
      isOn: entry !== undefined,
      settings: { ...entry?.settings },
      remaining: entry?.remaining ?? null,
      until: entry?.until ?? null,
    }
  }

  function end(name: FaultName): boolean {
    const entry = active.get(name)
    if (entry?.timer) clearTimeout(entry.timer)
    return active.delete(name)
  }

  function off(name: FaultName): FaultState {
    if (end(name)) {
      definitionOf(name).end?.(reach())
      onChange(stateOf(name))
    }
    return stateOf(name)
  }

  function on<Name extends FaultName>(name: Name, given: Partial<FaultSettings[Name]> = {}): FaultState {
    const settings = resolveFaultSettings(name, given)
    const { kind, run } = definitionOf(name)
    if (kind === 'action') {
      run?.(settings as never, reach())
      const done = { ...stateOf(name), settings: { ...settings } }
      onChange(done)
      return done
    }
    end(name)
    const numbers = new Map<string, unknown>(Object.entries(settings))
    const remaining = numbers.get('count') ?? numbers.get('times')
    const seconds = numbers.get('seconds')
    const ms = typeof seconds === 'number' ? seconds * 1_000 : null
    const timer = ms === null ? null : setTimeout(() => off(name), ms)
    timer?.unref()
    active.set(name, {
      settings,
      remaining: typeof remaining === 'number' ? remaining : null,
      until: ms === null ? null : Date.now() + ms,
      timer,
    })
    const state = stateOf(name)
    onChange(state)
    return state
  }

  function settingsOf<Name extends FaultName>(name: Name): FaultSettings[Name] | null {
    return (active.get(name)?.settings as FaultSettings[Name] | undefined) ?? null
  }

  return {
    get list() {
      return FAULT_NAMES.map(stateOf)
    },
    on,
    off,
    clear() {
      for (const name of [...active.keys()]) off(name)
    },
    settingsOf,
    take(name) {
      const entry = active.get(name)
      const settings = settingsOf(name)
      if (!entry || !settings) return null
      if (entry.remaining !== null && --entry.remaining <= 0) off(name)
      return settings
    },
    dispose() {
      for (const name of [...active.keys()]) end(name)
    },
  }
}

function definitionOf(name: FaultName): FaultDefinition {
  return FAULTS[name]
}

import type { FaultReach } from './reach'

interface NumberField {
  type: 'number'
  label: string
  default: number
  min: number
  max: number
}

interface TextField {
  type: 'text'
  label: string
  default: string
}

interface SelectField {
  type: 'select'
  label: string
  default: string
  choices: readonly string[]
}

/** What a fault can be given, by name: an input each on the page, a setting each in code. */
export type FaultFields = Readonly<Record<string, NumberField | TextField | SelectField>>

type SettingOf<Field> = Field extends { choices: readonly (infer Choice)[] } ? Choice : Field extends { type: 'number' } ? number : string

/** What is given for these fields. */
export type SettingsOf<Fields extends FaultFields> = { -readonly [Name in keyof Fields]: SettingOf<Fields[Name]> }

/** What the page shows together. */
export type FaultGroup = 'connection' | 'messages' | 'rest' | 'access'

interface Described<Fields extends FaultFields> {
  title: string
  /** One sentence: what the app will see. */
  description: string
  group: FaultGroup
  /** A number called `count` or `times` is used up, one called `seconds` ends the fault. */
  fields: Fields
}

/** A fault as it is written down; of which fields its settings are, only the fault itself knows. */
export interface FaultDefinition extends Described<FaultFields> {
  /** `switch` stays on until it is switched off or used up, `action` happens once, at once. */
  kind: 'switch' | 'action'
  /** What an action does; a switch is asked for by the parts that it disturbs. */
  run?: (settings: never, reach: FaultReach) => void
  /** What is done when a switch goes off. */
  end?: (reach: FaultReach) => void
}

/** Happens once, at once. */
export function action<const Fields extends FaultFields>(fault: Described<Fields> & { run: (settings: SettingsOf<Fields>, reach: FaultReach) => void }) {
  return { ...fault, kind: 'action' as const }
}

/** Stays on until it is switched off or used up; the parts that it disturbs ask for it. */
export function toggle<const Fields extends FaultFields>(fault: Described<Fields> & { end?: (reach: FaultReach) => void }) {
  return { ...fault, kind: 'switch' as const }
}

/** Every fault by its name, in the order in which the page shows them: names and settings follow from here. */
export function defineFaults<const All extends Record<string, FaultDefinition>>(faults: All): All {
  return faults
}

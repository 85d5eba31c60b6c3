import type { FaultGroup } from '../faults/define'
import type { FaultName } from '../faults/definitions'

/** One input of a fault's form. */
export interface FaultField {
  name: string
  label: string
  type: 'number' | 'text' | 'select'
  default: number | string
  min?: number
  max?: number
  choices?: readonly string[]
}

/** A fault and where it stands. */
export interface FaultState {
  name: FaultName
  title: string
  /** One sentence: what the app will see. */
  description: string
  /** What the page shows together. */
  group: FaultGroup
  /** `switch` stays on until it is switched off or used up, `action` happens once, at once. */
  kind: 'switch' | 'action'
  fields: FaultField[]
  isOn: boolean
  /** What it was switched on with. */
  settings: Record<string, number | string>
  /** How many more times it acts, where it counts. */
  remaining: number | null
  /** When it ends by itself, ms since epoch. */
  until: number | null
}

import * as v from 'valibot'
import { PortalError } from '../errors'
import type { FaultDefinition, FaultFields, SettingsOf } from './define'
import type { FaultName } from './definitions'
import { FAULT_NAMES, FAULTS } from './definitions'

/** What each fault can be given; everything has a default. */
export type FaultSettings = { [Name in FaultName]: SettingsOf<(typeof FAULTS)[Name]['fields']> }

/** Faults by name; `true` takes the defaults. */
export type FaultOptions = { [Name in FaultName]?: true | Partial<FaultSettings[Name]> }

const faultValue = v.union([v.literal(true), v.record(v.string(), v.union([v.string(), v.number()]))], 'true or an object of its settings')

/** Part of the options' schema. */
export const faultOptionsSchema = v.pipe(
  v.custom<FaultOptions>((value) => {
    if (typeof value !== 'object' || value === null) return false
    return Object.entries(value).every(([name, settings]) => isFaultName(name) && v.is(faultValue, settings))
  }, `an object whose keys are among ${FAULT_NAMES.join(', ')}, each true or an object of settings`),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    for (const [name, settings] of Object.entries(dataset.value)) {
      if (settings === true) continue
      const read = readSettings(name as FaultName, settings)
      if (!('wrong' in read)) continue
      const { field, value, may } = read.wrong
      addIssue({
        message: may,
        input: value,
        path: [
          { type: 'object', origin: 'value', input: dataset.value, key: name, value: settings },
          { type: 'object', origin: 'value', input: settings, key: field, value },
        ],
      })
    }
  }),
)

/** Whether a word from outside names a fault. */
export function isFaultName(name: unknown): name is FaultName {
  return FAULT_NAMES.includes(name as FaultName)
}

/**
 * Fills in defaults and checks what was given.
 *
 * @throws PortalError `PORTAL_UNKNOWN_FAULT` or `PORTAL_BAD_OPTION`, with `field`
 */
export function resolveFaultSettings<Name extends FaultName>(name: Name, given: object): FaultSettings[Name] {
  if (!isFaultName(name)) {
    throw new PortalError('PORTAL_UNKNOWN_FAULT', {
      what: `There is no fault ${JSON.stringify(name)}.`,
      why: `The dev portal knows ${FAULT_NAMES.join(', ')}.`,
      fix: 'Use one of these.',
      field: 'name',
    })
  }
  const read = readSettings(name, given)
  if ('settings' in read) return read.settings
  const { field, value, may } = read.wrong
  throw new PortalError('PORTAL_BAD_OPTION', {
    what: `Setting \`${field}\` of the fault ${name} is ${JSON.stringify(value)}.`,
    why: `It may be ${may}.`,
    fix: 'Change it, or leave it out for the default.',
    field: `settings.${field}`,
  })
}

interface WrongSetting {
  field: string
  value: unknown
  may: string
}

/** Fills in defaults, or finds the first setting that is wrong. */
function readSettings<Name extends FaultName>(name: Name, given: object): { settings: FaultSettings[Name] } | { wrong: WrongSetting } {
  const { fields }: Pick<FaultDefinition, 'fields'> = FAULTS[name]
  const input = new Map<string, unknown>(Object.entries(given))
  const settings = new Map<string, unknown>()
  for (const [key, field] of Object.entries(fields)) {
    const value = input.get(key) ?? field.default
    const may = wrongness(field, value)
    if (may !== null) return { wrong: { field: key, value, may } }
    settings.set(key, value)
  }
  for (const [field, value] of input) {
    if (!settings.has(field)) return { wrong: { field, value, may: 'left out: this fault has no such setting' } }
  }
  return { settings: Object.fromEntries(settings) as FaultSettings[Name] }
}

/** What the value may be, or null where it is that. */
function wrongness(field: FaultFields[string], value: unknown): string | null {
  switch (field.type) {
    case 'number': return typeof value === 'number' && value >= field.min && value <= field.max ? null : `a number from ${field.min} to ${field.max}`
    case 'select': return field.choices.includes(String(value)) ? null : `one of ${field.choices.join(', ')}`
    case 'text': return typeof value === 'string' && value !== '' ? null : 'a text that is not empty'
  }
}

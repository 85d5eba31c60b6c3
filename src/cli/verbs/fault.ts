import { PortalError } from '../../portal/errors'
import type { FaultState, PortalState } from '../../portal/types'
import { EXIT } from '../exit-codes'
import { readFault } from '../read-values'
import { UsageError } from '../usage-error'
import type { Verb } from './verb'
import { TALKING } from './verb'

export const faultOn: Verb = {
  name: 'fault on',
  description: 'Switches a fault on, or lets it happen',
  args: {
    fault: { type: 'positional', description: 'A fault and its settings, such as push-delay:ms=500,jitter=100' },
    ...TALKING,
  },
  async run({ given, portal, tell }) {
    const [name, settings] = readOrExplain(given.words[0]!)
    const fault = await portal().post<FaultState>('faults/on', { name, settings })
    tell(fault, fault.kind === 'action' ? `${name} has happened.` : inWords(fault))
    return EXIT.done
  },
}

/** @throws UsageError in the portal's own words */
function readOrExplain(text: string): ReturnType<typeof readFault> {
  try {
    return readFault(text)
  }
  catch (error) {
    throw error instanceof PortalError ? new UsageError(error.message) : error
  }
}

export const faultOff: Verb = {
  name: 'fault off',
  description: 'Switches a fault off, or all that are on',
  args: {
    fault: { type: 'positional', description: 'A fault, or all' },
    ...TALKING,
  },
  async run({ given, portal, tell }) {
    const name = given.words[0]!
    const control = portal()
    if (name.includes(':')) throw new UsageError(`"${name}" has settings, and a fault is switched off by its name alone: fault off ${name.split(':')[0]}.`)
    const names = name === 'all' ? (await control.state()).faults.filter(({ isOn }) => isOn).map(fault => fault.name) : [name]
    const faults: FaultState[] = []
    for (const each of names) faults.push(await control.post<FaultState>('faults/off', { name: each }))
    tell({ faults }, faults.length > 0 ? faults.map(inWords) : 'No fault was on.')
    return EXIT.done
  },
}

export const faultList: Verb = {
  name: 'fault list',
  description: 'Lists the faults, those that are on first',
  args: TALKING,
  async run({ portal, tell }) {
    const faults = (await portal().state()).faults.toSorted((a, b) => Number(b.isOn) - Number(a.isOn))
    tell({ faults }, faults.map(fault => `${fault.isOn ? '● ' : '  '}${inWords(fault)}`))
    return EXIT.done
  },
}

function inWords({ name, kind, isOn, settings, description }: PortalState['faults'][number]): string {
  const given = Object.entries(settings).map(([key, value]) => `${key}=${value}`).join(', ')
  if (isOn) return `${name} is on${given && `: ${given}`}`
  return kind === 'switch' ? `${name} is off: ${description}` : `${name}: ${description}`
}

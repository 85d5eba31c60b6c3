import type { Draft } from './draft'
import { watchDebounced } from '@vueuse/core'
import { useAddress } from '../state/address'

/** What stands in the form when nothing else was asked for; it is left out of the address. */
const blank = { module: 'application', command: 'ping', params: '{}', to: '' }

/** The draft that the page's address holds. */
export function draftInAddress(): Draft {
  const { module, command, params, to } = { ...blank, ...useAddress() }
  return { module, command, params, receivers: to.split(',').map(Number).filter(id => Number.isInteger(id) && id > 0) }
}

/** Writes the draft into the address while it is being written: a reload loses nothing. */
export function keepInAddress(draft: Draft): void {
  const address = useAddress()
  // Browsers let an address change only so often.
  watchDebounced(draft, ({ receivers, ...texts }) => {
    const kept = { ...texts, to: receivers.join(',') }
    for (const name of ['module', 'command', 'params', 'to'] as const) address[name] = kept[name] === blank[name] ? undefined : kept[name]
  }, { deep: true, debounce: 250 })
}

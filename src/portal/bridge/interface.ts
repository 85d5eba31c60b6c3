import { USER_FIELD } from '../frames/placements'

/** What a placement lets an app call and hear. */
export interface PlacementInterface {
  command: string[]
  event: string[]
}

/** Of this placement, besides what every frame may call. All of it works in the dev portal. */
export function interfaceOf(placement: string): PlacementInterface {
  if (/^CRM_\w+_(?:DETAIL_TAB|DETAIL_ACTIVITY|LIST_MENU)$/.test(placement)) return { command: ['reloadData'], event: [] }
  if (placement === USER_FIELD) return { command: ['setValue', 'getValue'], event: [] }
  if (placement === 'CALL_CARD') {
    return {
      command: ['getStatus', 'disableAutoClose', 'enableAutoClose'],
      event: ['CallCard::EntityChanged', 'CallCard::BeforeClose', 'CallCard::CallStateChanged'],
    }
  }
  return { command: [], event: [] }
}

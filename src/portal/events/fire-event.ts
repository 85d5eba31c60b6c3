import type { FireEventAnswer } from '../types'
import type { PlatformEventData, PlatformEventName } from './catalogue'

/** Fires an event: names of the platform's common events are completed, and what is known of their data is checked. */
export type FireEvent = <Name extends PlatformEventName | (string & {})>(
  event: Name,
  data?: Name extends PlatformEventName ? PlatformEventData<Name> : Record<string, unknown>,
) => Promise<FireEventAnswer>

import type { SdkConnection } from '../sdk/connection'

/** The connection that a leader holds for all: this room's only view of it. */
export type Carrier = Pick<SdkConnection,
  'state' | 'session' | 'start' | 'stop' | 'wake' | 'onReceived' | 'onStatus' | 'onSession' | 'onGap' | 'watchUser' | 'call' | 'place' | 'startAt'>

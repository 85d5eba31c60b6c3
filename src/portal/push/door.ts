import type { ServerSettings } from '../types'
import type { FaultBoard } from '../faults/faults'
import type { Channels, Identity } from './channels'
import { isMessageId } from './message-id'

/** Where the push server's doors are, on the portal's origin. */
export const PUSH_PATHS = { websocket: '/push/socket', polling: '/push/poll', publish: '/push/publish' } as const

/** What a client gets at the door. */
export type Admission
  = | { kind: 'welcome', userId: number, frameId: string | null, mid: string | null }
    /** Accepted, then closed with 4010, as the platform does. */
    | { kind: 'wrong-channel' }
    | { kind: 'refused', status: number, reason: string }

export interface DoorDeps {
  channels: Channels
  faults: Pick<FaultBoard, 'settingsOf'>
  server: () => ServerSettings
}

export interface Door {
  /** Whether who comes now is left without an answer. */
  swallows: () => boolean
  enter: (url: URL) => Admission
  /** Who may publish with these credentials, or null. */
  identify: (url: URL) => number | null
}

/** Checks who knocks at the push server, for sockets and polls alike. */
export function createDoor({ channels, faults, server }: DoorDeps): Door {
  function identify({ searchParams }: URL, needsClientId: boolean): Identity | null {
    return channels.authenticate({
      channelId: searchParams.get('CHANNEL_ID'),
      token: searchParams.get('token'),
      clientId: searchParams.get('clientId'),
    }, needsClientId ? server().mode : 'personal')
  }

  return {
    swallows: () => faults.settingsOf('swallow-connections') !== null,
    identify: url => identify(url, false)?.userId ?? null,
    enter(url) {
      if (faults.settingsOf('refuse-connections')) {
        return { kind: 'refused', status: 503, reason: 'The fault refuse-connections is on.' }
      }
      const identity = identify(url, true)
      if (identity === null) return { kind: 'wrong-channel' }
      const mid = url.searchParams.get('mid')
      return { kind: 'welcome', ...identity, mid: isMessageId(mid) ? mid : null }
    },
  }
}

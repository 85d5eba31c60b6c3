import type { PullError } from '../../../utils/errors'
import { configReplaced, connectionLost, serverRestart } from '../problems'
import type { SdkEnd } from './client'

/** The platform's close codes that mean more than "try again". */
const CHANNEL_EXPIRED = 3001
const SERVER_RESTARTED = 3002
const CONFIG_EXPIRED = 3003
const CONFIG_REPLACED = 3000
const WRONG_CHANNEL_ID = 4010

export interface EndVerdict {
  reason: PullError
  /** ms to wait, where the platform asks for it; else the ladder decides. */
  wait?: number
  /** Whether the configuration has to be asked for anew. */
  needsConfig: boolean
}

/**
 * What follows from the end of a connection.
 *
 * @param end how the SDK ended it; `null` where the socket just closed
 * @param random a number from 0 to 1
 */
export function judgeEnd(end: SdkEnd | null, random: number): EndVerdict {
  switch (end?.code) {
    case CONFIG_REPLACED:
      return { reason: configReplaced(), needsConfig: false }
    case CHANNEL_EXPIRED:
    case WRONG_CHANNEL_ID:
      return { reason: configReplaced(), needsConfig: true }
    case CONFIG_EXPIRED:
      // The server's own command says `received`; without it, the SDK's check found the configuration out of date.
      return end.text.includes('received')
        ? { reason: serverRestart(), wait: politeWait(random), needsConfig: true }
        : { reason: configReplaced(), needsConfig: true }
    case SERVER_RESTARTED:
      return { reason: serverRestart(), wait: politeWait(random), needsConfig: false }
    default:
      return { reason: connectionLost('The network or the push server closed it.'), needsConfig: false }
  }
}

/** The platform asks clients to come back at a random time from 10 to 120 s (in ms), so that not all come at once. */
function politeWait(random: number): number {
  return Math.round(10_000 + 110_000 * random)
}

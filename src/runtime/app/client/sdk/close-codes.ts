import type { PullError } from '../../../utils/errors'
import { maskSecrets } from '../../../utils/mask-secrets'
import { configReplaced, connectionLost, serverRestart, tooManyConnections } from '../problems'
import { retryDelay } from '../retry/ladder'
import type { SdkEnd } from './pull-client'

export interface EndVerdict {
  reason: PullError
  /** ms to wait, where the platform asks for it; else the ladder decides. */
  wait?: number
  /** Whether the configuration has to be asked for anew. */
  needsConfig: boolean
  /** Whether the server cannot go on from the last message. */
  losesId?: boolean
}

/** The rung of the ladder for what only gets worse by being tried soon: 10 minutes. */
const SLOW_RUNG = 6

/**
 * What follows from the end of a connection: every close code that the platform documents, those of the WebSocket itself, and what is
 * right for unknown ones.
 *
 * @param end how it ended; `null` where that is not known
 * @param random a number from 0 to 1
 */
export function judgeEnd(end: SdkEnd | null, random: number): EndVerdict {
  switch (end?.code) {
    case 3000:
      // By the SDK where the server has sent the new channel; a server that closes by it has a configuration that we have not.
      return { reason: configReplaced(), needsConfig: end.by === 'server' }
    case 3001:
    case 4010:
    case 4036:
      return { reason: configReplaced(), needsConfig: true }
    case 3003:
      // Without a command of the server's, the SDK's check found the configuration out of date.
      return end.by === 'server' || end.text.includes('received')
        ? { reason: serverRestart(), wait: politeWait(random), needsConfig: true }
        : { reason: configReplaced(), needsConfig: true }
    // The platform's, and the WebSocket's own "service restart" and "try again later".
    case 3002:
    case 1012:
    case 1013:
      return { reason: serverRestart(), wait: politeWait(random), needsConfig: false }
    case 3005:
      return { reason: connectionLost('The push server fell silent.'), needsConfig: false }
    case 4011:
      return { reason: connectionLost(`The push server could not read what it had kept.${said(end)}`), needsConfig: false, losesId: true }
    case 4029:
      return { reason: tooManyConnections(), wait: retryDelay(SLOW_RUNG, random), needsConfig: false }
    default:
      return end?.by === 'server' ? judgeOther(end) : { reason: connectionLost('The network or the push server closed it.'), needsConfig: false }
  }
}

/** 1000, 1001 and what else there is; from 4000 on a server refuses something about us, which a new configuration may mend. */
function judgeOther(end: SdkEnd): EndVerdict {
  const why = end.code === 1001
    ? 'The push server is going away.'
    : isPublishing(end.code)
      ? `The push server refused what was published (close code ${end.code}).`
      : `The network or the push server closed it (close code ${end.code}).`
  return { reason: connectionLost(why + said(end)), needsConfig: end.code >= 4000 && !isPublishing(end.code) }
}

const isPublishing = (code: number): boolean => code >= 4012 && code <= 4021

const said = ({ text }: SdkEnd): string => text ? ` It said: ${maskSecrets(text)}` : ''

/** The platform asks clients to come back at a random time from 10 to 120 s (in ms), so that not all come at once. */
function politeWait(random: number): number {
  return Math.round(10_000 + 110_000 * random)
}

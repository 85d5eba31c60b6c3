import type { B24Frame } from '@bitrix24/b24jssdk'
import { loadStartConfig, loadStartAnswers } from '../sdk/start-config'
import type { StartConfig } from '../sdk/start-config'
import { isLocked } from './lock'
import { connectionName, portalPrefix } from './name'

/** Whose connection this frame wants, and what has been learnt on the way. */
export interface Asked {
  userId: number
  /** Name of the connection; `null` where none can be shared. */
  name: string | null
  /** How to connect, where that was asked for in the same round trip. */
  config: (() => StartConfig['config']) | null
}

/**
 * Who the user is, and of which app: a frame has to know that before it may join. In one round trip, with the configuration in it unless it
 * looks as if another frame was connected already.
 *
 * @throws PullError
 */
export async function askOwner(frame: B24Frame, prefix: string): Promise<Asked> {
  // The SDK's prefix of a name, and behind it what it knows of the portal, also where the token has expired.
  const portal = frame.auth.getUniq('').slice(1)
  const isTaken = portal ? await isLocked(portalPrefix(portal)) : null
  if (isTaken === null) {
    const { userId, config } = await loadStartConfig(frame)
    return { userId, name: null, config: () => config }
  }
  const { userId, app, config } = await loadStartAnswers(frame, !isTaken)
  return { userId, name: app === null ? null : connectionName({ portal, app, prefix, userId }), config }
}

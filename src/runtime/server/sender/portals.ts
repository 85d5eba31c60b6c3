import type { TypeB24 } from '@bitrix24/b24jssdk'
import { PullError } from '../../utils/errors'
import { createRefusals } from './refusals'

/** ms of quiet after which a connection is forgotten: by then a portal's bucket of requests is empty, and a new limiter knows as much as the old. */
const QUIET = 60_000

/** Access to portals, each asked for once while it is used: the SDK keeps a portal's limits in the instance. */
export interface Portals {
  /** @throws PullError `PORTAL_GONE` where the app has no access; whatever `connect` throws */
  reach: (memberId: string) => Promise<TypeB24>
  /** The connection was used up to now. */
  rest: (memberId: string) => void
  /** The portal took the tokens. */
  accepted: (memberId: string) => void
  /**
   * The portal refused the tokens, those that `connect` gave just now among them: it is asked anew the next time.
   *
   * @returns whether that has gone on for so long that the app has no access any more
   */
  refused: (memberId: string) => boolean
  /** Asks `connect` anew the next time. */
  renew: (memberId: string) => void
  /** As if it had never been called. */
  forget: (memberId: string) => void
  clear: () => void
}

/** @param connect as in the options of a sender */
export function createPortals(connect: (memberId: string) => TypeB24 | null | Promise<TypeB24 | null>): Portals {
  const known = new Map<string, { b24: Promise<TypeB24>, timer?: ReturnType<typeof setTimeout> }>()
  const refusals = createRefusals()

  function renew(memberId: string): void {
    clearTimeout(known.get(memberId)?.timer)
    known.delete(memberId)
  }

  async function open(memberId: string): Promise<TypeB24> {
    const b24 = await connect(memberId)
    if (!b24) throw portalGone(memberId)
    return b24
  }

  return {
    reach(memberId) {
      const there = known.get(memberId)
      clearTimeout(there?.timer)
      if (there) return there.b24
      const b24 = open(memberId)
      known.set(memberId, { b24 })
      b24.catch(() => renew(memberId))
      return b24
    },
    rest(memberId) {
      const there = known.get(memberId)
      if (!there) return
      clearTimeout(there.timer)
      there.timer = setTimeout(renew, QUIET, memberId)
      there.timer.unref?.()
    },
    accepted: refusals.clear,
    refused(memberId) {
      renew(memberId)
      return refusals.add(memberId)
    },
    renew,
    forget(memberId) {
      renew(memberId)
      refusals.clear(memberId)
    },
    clear() {
      for (const memberId of [...known.keys()]) renew(memberId)
    },
  }
}

export const portalGone = (memberId: string, cause?: unknown): PullError => new PullError({
  code: 'PORTAL_GONE',
  message: `The portal ${memberId} is gone.`,
  why: 'The app was uninstalled there, or the portal has no REST any more, or was deleted.',
  fix: 'Send nothing to it until the app is installed anew; then call forget() of the sender. defineB24EventHandler() does so by itself.',
  cause,
})

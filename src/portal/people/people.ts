import type { PortalUser } from '../types'
import { PortalError } from '../errors'
import type { ResolvedPortalOptions } from '../option-types'

/** The people of the portal: who they are, who is at the screen, who is online. */
export interface People {
  readonly all: readonly PortalUser[]
  readonly current: PortalUser
  /** @throws PortalError `PORTAL_UNKNOWN_USER` */
  get: (id: number) => PortalUser
  has: (id: number) => boolean
  switchTo: (id: number) => void
  /** Tells how many connections a user has now. */
  setConnections: (id: number, count: number) => void
  /** Set by hand; lasts until the next connection comes or goes. */
  setOnline: (id: number, online: boolean) => void
  /** Seconds since the user was last seen: 0 = online, null = never. */
  lastSeen: (id: number) => number | null
}

/** People of one portal; `onPresence` is called when one of them goes online or offline. */
export function createPeople(options: ResolvedPortalOptions['users'], onPresence: (user: PortalUser) => void): People {
  const users = new Map(options.map((user): [number, PortalUser] => [user.id, { ...user, isOnline: false }]))
  const seenAt = new Map<number, number>()
  let currentId = options[0]?.id ?? 0

  function get(id: number): PortalUser {
    const user = users.get(id)
    if (user) return user
    throw unknownUser(id, [...users.keys()])
  }

  function setOnline(id: number, online: boolean): void {
    const user = get(id)
    if (user.isOnline === online) return
    user.isOnline = online
    seenAt.set(id, Date.now())
    onPresence(user)
  }

  return {
    get all() {
      return [...users.values()]
    },
    get current() {
      return get(currentId)
    },
    get,
    has: id => users.has(id),
    switchTo(id) {
      currentId = get(id).id
    },
    setConnections: (id, count) => setOnline(id, count > 0),
    setOnline,
    lastSeen(id) {
      if (users.get(id)?.isOnline) return 0
      const at = seenAt.get(id)
      // Never 0 for somebody who has just left: 0 says "online".
      return at === undefined ? null : Math.max(1, Math.round((Date.now() - at) / 1_000))
    },
  }
}

/** The error for an id that is none of the known ones. */
export function unknownUser(id: number, known: readonly number[]): PortalError {
  return new PortalError('PORTAL_UNKNOWN_USER', {
    what: `There is no user ${JSON.stringify(id)} in the dev portal.`,
    why: `It has the users ${known.join(', ')}.`,
    fix: 'Use one of these, or add a user to the option `users`.',
    field: 'userId',
  })
}

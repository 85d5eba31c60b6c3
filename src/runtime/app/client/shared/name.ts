/** Version of the wire: frames that speak another one do not share with these. */
const WIRE = 1

/** Whose connection it is. Frames of which all four are the same may share one. */
export interface Owner {
  /** `MEMBER_ID` of the portal: portals of one site share locks and channels. */
  portal: string
  /** `CODE` of the app. The prefix alone is the same for every app. */
  app: string
  /** The option `prefix`. */
  prefix: string
  userId: number
}

/** How the names of all connections to a portal begin, whichever app and user they are of. */
export const portalPrefix = (portal: string): string => `b24-pull/${WIRE}/${encodeURIComponent(portal)}/`

/** Name of both the lock and the channel. No part can reach into the next one. */
export function connectionName({ portal, app, prefix, userId }: Owner): string {
  return `${portalPrefix(portal)}${[app, prefix, userId].map(encodeURIComponent).join('/')}`
}

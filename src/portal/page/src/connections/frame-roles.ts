import type { PortalConnection, PortalFrame } from '../../../types'

/** What a frame is to the connections of its person. */
export type FrameRole = 'leader' | 'own' | 'perhaps' | 'follower' | 'none'

export interface FrameWithRole {
  frame: PortalFrame
  role: FrameRole
  /** What it holds; of several, the oldest. */
  connection: PortalConnection | null
}

/**
 * Who leads and who follows, as far as a portal can see: it knows connections, and that a frame without one may hear another's.
 *
 * @param frames in their order
 * @param connections of which some name the frame they are of, others several that it may be
 */
export function rolesOf(frames: readonly PortalFrame[], connections: readonly PortalConnection[]): FrameWithRole[] {
  return frames.map((frame) => {
    const ofPerson = connections.filter(({ userId }) => userId === frame.userId)
    const surely = ofPerson.find(({ frameIds }) => frameIds.length === 1 && frameIds[0] === frame.id)
    if (surely) {
      const others = frames.filter(({ id, userId }) => userId === frame.userId && id !== frame.id)
      const isFollowed = others.some(({ id }) => !ofPerson.some(({ frameIds }) => frameIds.includes(id)))
      return { frame, role: isFollowed ? 'leader' : 'own', connection: surely }
    }
    const perhaps = ofPerson.find(({ frameIds }) => frameIds.includes(frame.id))
    if (perhaps) return { frame, role: 'perhaps', connection: perhaps }
    return { frame, role: ofPerson.some(({ frameIds }) => frameIds.length > 0) ? 'follower' : 'none', connection: null }
  })
}

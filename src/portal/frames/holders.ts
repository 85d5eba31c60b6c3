/** Which frame may hold which connection. A socket does not say so: what a frame was given to connect with tells. */
export interface Holders {
  /** A frame has been given the config, and may connect. */
  asked: (userId: number, frameId: string) => void
  /** Another page is in the frame: what the one before was given is gone with it. */
  forget: (frameId: string) => void
  /** A connection has come; `frameId` is whose it is where that is certain. */
  opened: (connection: { id: string, userId: number }, frameId: string | null) => void
  closed: (connectionId: string) => void
  /** The frames that a connection may be of: one where it is known, several where only one of them can be, none where it is nobody's here. */
  of: (connectionId: string) => string[]
}

/**
 * Holders of one portal. On version 5 the token names the frame. Below it, all frames of a user connect with the same channels: then it is one
 * of those that have asked for the config and hold no connection yet.
 *
 * @param isOpen whether a frame is still there
 */
export function createHolders(isOpen: (frameId: string) => boolean): Holders {
  const askers = new Map<number, Set<string>>()
  const candidates = new Map<string, string[]>()

  const of = (connectionId: string) => (candidates.get(connectionId) ?? []).filter(isOpen)
  /** Frames that surely hold a connection. */
  const settled = () => new Set([...candidates.keys()].map(of).filter(frames => frames.length === 1).flat())

  return {
    asked(userId, frameId) {
      askers.set(userId, (askers.get(userId) ?? new Set()).add(frameId))
    },
    forget(frameId) {
      for (const frames of askers.values()) frames.delete(frameId)
    },
    opened({ id, userId }, frameId) {
      const taken = settled()
      candidates.set(id, frameId === null ? [...(askers.get(userId) ?? [])].filter(asker => isOpen(asker) && !taken.has(asker)) : [frameId])
    },
    closed: connectionId => void candidates.delete(connectionId),
    of,
  }
}

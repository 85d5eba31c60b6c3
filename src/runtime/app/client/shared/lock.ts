/** The one lock whose holder leads, natively: the browser hands it on when a page is gone, however it went. */
export interface LeaderLock {
  /** Asks for the lock without waiting; `refused` where the page may have none. */
  tryNow: () => Promise<'mine' | 'taken' | 'refused'>
  /** Waits at the end of the queue. */
  wait: () => void
  /** Takes the lock from whoever holds it. */
  steal: () => void
  /** Gives the lock back, or the place in the queue. */
  release: () => void
  /** Who holds it, by the browser's name for that page; `null` for nobody. */
  holder: () => Promise<string | null>
  /** Whether others wait for it. */
  isWanted: () => Promise<boolean>
}

export interface LeaderLockEvents {
  /** It came to this frame, after a wait or a theft. */
  onGranted: () => void
  /** Another frame has taken it away. */
  onStolen: () => void
}

export function createLeaderLock(name: string, { onGranted, onStolen }: LeaderLockEvents, locks: LockManager = navigator.locks): LeaderLock {
  /** What ends the present claim, whether it waits or holds. */
  let end: (() => void) | null = null

  /** One claim, in place of the one there was. Resolves once it is known how the first question was answered. */
  function claim(options: LockOptions): Promise<'mine' | 'taken' | 'refused'> {
    release()
    return new Promise((answer) => {
      let isOver = false
      let isHeld = false
      const waiting = new AbortController()
      let giveBack: (() => void) | undefined
      end = () => {
        isOver = true
        giveBack?.()
        waiting.abort()
      }
      const isPlain = !options.steal && !options.ifAvailable
      locks.request(name, isPlain ? { signal: waiting.signal } : options, (lock) => {
        if (!lock) return answer('taken')
        if (isOver) return
        isHeld = true
        answer('mine')
        return new Promise<void>((resolve) => {
          giveBack = resolve
          if (!options.ifAvailable) onGranted()
        })
      }).catch(() => {
        answer('refused')
        if (isOver || !isHeld) return
        isOver = true
        onStolen()
      })
    })
  }

  function release(): void {
    end?.()
    end = null
  }

  const ofName = async (list: 'held' | 'pending') => (await locks.query())[list]?.filter(lock => lock.name === name) ?? []

  return {
    tryNow: () => claim({ ifAvailable: true }),
    wait: () => void claim({}),
    steal: () => void claim({ steal: true }),
    release,
    holder: async () => (await ofName('held'))[0]?.clientId ?? null,
    isWanted: async () => (await ofName('pending')).length > 0,
  }
}

/**
 * Whether a lock whose name begins like this is held or waited for.
 *
 * @returns `null` where the page may have no locks: there is nothing to share, then
 */
export async function isLocked(prefix: string, locks: LockManager | undefined = globalThis.navigator?.locks): Promise<boolean | null> {
  try {
    if (!locks || typeof BroadcastChannel !== 'function') return null
    const { held = [], pending = [] } = await locks.query()
    return [...held, ...pending].some(lock => lock.name?.startsWith(prefix))
  }
  catch {
    return null
  }
}

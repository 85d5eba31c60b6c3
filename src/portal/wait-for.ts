import type { Changes } from './changes'
import type { LogEntry, PortalConnection } from './types'
import { PortalError } from './errors'
import type { RestRequest } from './rest/types'

/** What can be waited for, by name. */
export interface WaitTargets {
  connection: PortalConnection
  request: RestRequest
  log: LogEntry
}

/** How long to wait, and what counts. */
export interface WaitOptions {
  /** ms until it gives up. @default 5000 */
  timeout?: number
  /** Only what comes after the call counts. @default false */
  fresh?: boolean
}

/** Waits until something has happened in the portal. */
export interface WaitFor {
  /**
   * @param what a connection, a REST request or a log entry
   * @param match the request's method, the log entry's title, the connection's user id, or a function; absent = any
   * @returns the first that matches
   * @throws PortalError `PORTAL_WAIT_TIMEOUT`, saying what was there instead; `PORTAL_CLOSED` where the portal is closed, or is meanwhile
   * @example
   * ```ts
   * const { params } = await portal.waitFor('request', 'pull.application.event.add')
   * ```
   */
  <Name extends keyof WaitTargets>(what: Name, match?: string | number | ((item: WaitTargets[Name]) => boolean), options?: WaitOptions): Promise<WaitTargets[Name]>
  /**
   * @param condition asked again whenever anything changes in the portal
   * @throws PortalError `PORTAL_WAIT_TIMEOUT`; `PORTAL_CLOSED` where the portal is closed, or is meanwhile. What the condition throws ends the waiting, too
   */
  (condition: () => boolean, options?: WaitOptions): Promise<void>
}

export interface WaitDeps {
  changes: Changes
  items: { [Name in keyof WaitTargets]: () => readonly WaitTargets[Name][] }
  /** Rejects everybody who still waits. */
  closed: AbortSignal
}

/** Builds `waitFor` over what the portal holds. */
export function createWaitFor({ changes, items, closed }: WaitDeps): WaitFor {
  function until<T>(find: () => T | undefined, describe: () => string, { timeout = 5_000 }: WaitOptions): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const found = find()
      if (found !== undefined) return resolve(found)
      if (closed.aborted) return reject(portalClosed())
      const end = () => {
        clearTimeout(timer)
        unsubscribe()
        closed.removeEventListener('abort', onClosed)
      }
      const fail = (error: PortalError) => {
        end()
        reject(error)
      }
      const onClosed = () => fail(portalClosed())
      const timer = setTimeout(() => fail(new PortalError('PORTAL_WAIT_TIMEOUT', {
        what: `Nothing came within ${timeout} ms of waitFor().`,
        why: describe(),
        fix: 'Check what is waited for, or give it more time with { timeout }.',
      })), timeout)
      const unsubscribe = changes.subscribe(() => {
        try {
          const now = find()
          if (now === undefined) return
          end()
          resolve(now)
        }
        catch (error) {
          end()
          reject(error)
        }
      })
      closed.addEventListener('abort', onClosed)
    })
  }

  function waitForItem<Name extends keyof WaitTargets>(what: Name, match: string | number | ((item: WaitTargets[Name]) => boolean) | undefined, options: WaitOptions) {
    const all = items[what]
    const before = options.fresh ? new Set(all().map(item => item.id)) : new Set()
    const isMatch = typeof match === 'function' ? match : (item: WaitTargets[Name]) => match === undefined || labelOf(item) === String(match)
    return until(
      () => all().find(item => !before.has(item.id) && isMatch(item)),
      () => {
        const seen = all().slice(-10).map(labelOf).join(', ') || 'none'
        const wanted = typeof match === 'function' ? 'that the function accepts' : match === undefined ? '' : `"${match}"`
        return `It waited for a ${what} ${wanted}; the last ones seen: ${seen}.`
      },
      options,
    )
  }

  // The overloads are told apart by the first argument; TypeScript cannot follow that through a const.
  return ((what: keyof WaitTargets | (() => boolean), match?: unknown, options?: WaitOptions) => {
    if (typeof what === 'function') {
      return until(() => (what() ? true : undefined), () => 'The condition stayed false.', (match ?? {}) as WaitOptions).then(() => undefined)
    }
    return waitForItem(what, match as string | undefined, options ?? {})
  }) as WaitFor
}

const portalClosed = (): PortalError => new PortalError('PORTAL_CLOSED', {
  what: 'The dev portal is closed, and waitFor() waits for what cannot come any more.',
  why: 'close() ended it.',
  fix: 'Await what you wait for before you close the portal.',
})

function labelOf(item: PortalConnection | RestRequest | LogEntry): string {
  if ('method' in item) return item.method
  return 'title' in item ? item.title : String(item.userId)
}

import type { PortalEvent, EventOrigin } from './emit'
import { withoutMarks } from '../runtime/rest/without-marks'
import { PortalError } from './errors'
import type { HeldEvent, HoldPoint } from './types'

/** Events that wait at once; those beyond go through. */
const MOST = 100

/** Stops on a command: what is sent waits until it is let go. */
export interface Holds {
  readonly points: readonly HoldPoint[]
  readonly held: readonly HeldEvent[]
  /** The next event of the command waits, and those after it, until the point is taken away. */
  set: (point: HoldPoint, isOn: boolean) => void
  /** Whether the event is kept. */
  take: (event: PortalEvent, origin: EventOrigin) => boolean
  /**
   * Sends one that waits, with other params where they are given.
   *
   * @throws PortalError `PORTAL_UNKNOWN_EVENT`
   */
  release: (id: number, params?: Record<string, unknown>) => void
}

/**
 * @param send does what was put off
 * @param onChange told when something waits, or goes on
 */
export function createHolds(send: (event: PortalEvent, origin: EventOrigin) => void, onChange: () => void): Holds {
  const points = new Map<string, HoldPoint>()
  const held = new Map<number, { view: HeldEvent, event: PortalEvent, origin: EventOrigin }>()
  const keyOf = ({ module, command }: HoldPoint) => `${module.toLowerCase()}\0${command}`
  let lastId = 0

  function release(id: number, params?: Record<string, unknown>): void {
    const found = held.get(id)
    if (!found) throw unknownEvent(id)
    held.delete(id)
    send(params ? { ...found.event, params } : found.event, found.origin)
    onChange()
  }

  return {
    get points() {
      return [...points.values()]
    },
    get held() {
      return [...held.values()].map(({ view }) => view)
    },
    set({ module, command }, isOn) {
      const key = keyOf({ module, command })
      if (isOn) points.set(key, { module: module.toLowerCase(), command })
      else points.delete(key)
      // Nobody waits for what is not held any more.
      if (!isOn) for (const { view } of [...held.values()]) if (keyOf(view) === key) release(view.id)
      onChange()
    },
    take(event, origin) {
      if (!points.has(keyOf(event)) || held.size >= MOST) return false
      const id = ++lastId
      const { module, command, params = {}, userId } = event
      held.set(id, { event, origin, view: { id, module: module.toLowerCase(), command, params: withoutMarks<Record<string, unknown>>({ ...params }), userId: userId === undefined ? null : [userId].flat(), heldAt: Date.now() } })
      onChange()
      return true
    },
    release,
  }
}

const unknownEvent = (id: number): PortalError => new PortalError('PORTAL_UNKNOWN_EVENT', {
  what: `No event with the id ${id} waits.`,
  why: 'It was let go already, or never held.',
  fix: 'Look at the events that wait.',
  field: 'id',
})

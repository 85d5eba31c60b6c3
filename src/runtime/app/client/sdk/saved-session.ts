import type { TypePullClientParams } from '@bitrix24/b24jssdk'
import { isRecord } from '../../../utils/is-record'
import { ageOf } from '../../../utils/outlived-time'
import type { ConnectionIdentity } from './identity'
import type { Place } from './place'
import { readId } from '../wire/read-frame'

/** ms for which the SDK keeps a session in the browser's storage. */
const SESSION_LIFE = 20_000

/** What the page before the reload has left. */
export interface SavedSession {
  /** Where to go on from; `null` where that is too long ago, or what it was a place in is not known. */
  place: Place | null
  /** ms since it was saved; `null` where the machine's time was put back since. */
  age: number | null
}

/** All that the SDK reads from the browser's storage. */
const ITEMS = ['session', 'config', 'websocket-blocked', 'longpolling-blocked', 'logging-enabled'] as const

const keyOf = ({ userId, restApplication }: TypePullClientParams, name: typeof ITEMS[number]): string => `@bitrix24/b24jssdk-pull-${userId}-${restApplication}-bx-pull-${name}`

/** Removes what is no JSON: it would make the SDK throw in every attempt. */
export function dropUnreadable(params: TypePullClientParams): void {
  for (const key of ITEMS.map(name => keyOf(params, name))) if (readItem(key) === undefined) localStorage.removeItem(key)
}

/** The session that the SDK saved at a reload; `null` where there is none. */
export function readSavedSession(params: TypePullClientParams): SavedSession | null {
  const saved = readItem(keyOf(params, 'session'))
  if (!isRecord(saved) || typeof saved.ttl !== 'number') return null
  const from = saved.ttl - SESSION_LIFE
  const age = ageOf(from)
  const { identity } = saved
  if (age === null || age > SESSION_LIFE || !isIdentity(identity)) return { place: null, age }
  const lastId = readId(saved.mid)
  return lastId === null ? null : { place: { identity, lastId, tag: readId(saved.tag), time: readId(saved.time), from }, age }
}

/** `undefined` where it is no JSON. */
function readItem(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  }
  catch {
    return undefined
  }
}

const isIdentity = (value: unknown): value is ConnectionIdentity =>
  isRecord(value) && typeof value.server === 'string' && typeof value.channels === 'string'

/** Only a reloaded page may take over the place of a session in the browser's storage: another frame has its own. */
export function wasReloaded(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return navigation?.type === 'reload'
}

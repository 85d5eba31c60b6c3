import type { PullMessage } from '../types'

/** The reserved key of params by which receivers know a repeat of what a sender sent again. */
const KEY = '__b24PullId'

/** Ids that a page remembers. */
const REMEMBERED = 1_000

/** Params that tell which event they are of. */
export function markId(params: Record<string, unknown>, id: string): Record<string, unknown> {
  return { ...params, [KEY]: id }
}

/** A message without the mark, and its id. A message that bears none is returned as it is. */
export function takeId(message: PullMessage): { message: PullMessage, id?: unknown } {
  if (!Object.hasOwn(message.params, KEY)) return { message }
  const { [KEY]: id, ...params } = message.params
  return { message: { ...message, params }, id }
}

/** Answers whether an id is among the last thousand that it was asked for; only texts are. */
export function createRepeatFilter(): (id: unknown) => boolean {
  const seen = new Set<string>()
  return (id) => {
    if (typeof id !== 'string') return false
    if (seen.has(id)) return true
    seen.add(id)
    if (seen.size > REMEMBERED) {
      const [oldest] = seen
      seen.delete(oldest!)
    }
    return false
  }
}

import type { PullMessage } from '../types'

/** The reserved key of params by which a page knows what it sent itself. */
const KEY = '__b24PullFrom'

/** Params that tell where they come from. */
export function markOwn(params: Record<string, unknown>, pageId: string): Record<string, unknown> {
  return { ...params, [KEY]: pageId }
}

/** A message without the mark, and whose mark it bore. A message that bears none is returned as it is. */
export function takeMark(message: PullMessage): { message: PullMessage, from?: unknown } {
  if (!Object.hasOwn(message.params, KEY)) return { message }
  const { [KEY]: from, ...params } = message.params
  return { message: { ...message, params }, from }
}

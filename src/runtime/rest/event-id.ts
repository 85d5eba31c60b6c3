/** The reserved key of params by which receivers know a repeat of what a sender sent again. */
export const ID_KEY = '__b24PullId'

/** Params that tell which event they are of. */
export function markId(params: Record<string, unknown>, id: string): Record<string, unknown> {
  return { ...params, [ID_KEY]: id }
}

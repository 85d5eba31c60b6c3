/** Whether something is a promise, by what it can do. What is no object is not asked: of what handlers return, that is most, and in a storm the question is half of the call. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as Partial<PromiseLike<unknown>>).then === 'function'
}

/** Without the fields that were given as `undefined`: spread over defaults, they leave the default be. */
export function withoutUndefined<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T
}

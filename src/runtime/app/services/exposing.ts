/** Knows what it shows by each name. */
export interface Exposer<Name extends string> {
  /** Asked once for each name that somebody takes. */
  expose: (name: Name) => unknown
  /** All that was taken so far, and whatever somebody has put beside it; none before. */
  taken: Record<PropertyKey, unknown> | undefined
}

/**
 * Objects with these properties, each of which is made when it is first looked at. Most callers of a composable take but some of what it
 * returns, and many nothing: a ref and a method that nobody takes cost nothing then. A `usePullCommand()` keeps 0.6 kB so, and kept 1.1 with refs
 * that were only made lazily. The exposer itself stands behind them, for one more object in each of 5,000 components is a sixth of what their
 * subscriptions add to the time of a mount.
 */
export function exposing<Name extends string>(names: readonly Name[]): (of: Exposer<Name>) => Record<Name, unknown> {
  function take(of: Exposer<Name>, name: PropertyKey): object {
    const taken = of.taken ??= {}
    if (names.includes(name as Name)) taken[name] ??= of.expose(name as Name)
    return taken
  }

  const handler: ProxyHandler<Exposer<Name>> = {
    ownKeys: of => Reflect.ownKeys(names.reduce<object>((_, name) => take(of, name), {})),
    getPrototypeOf: () => Object.prototype,
    // Else a frozen one would be a frozen exposer.
    preventExtensions: () => false,
  }
  for (const trap of ['get', 'set', 'has', 'getOwnPropertyDescriptor', 'defineProperty', 'deleteProperty'] as const) {
    const reflect = Reflect[trap] as (...args: unknown[]) => never
    handler[trap] = (of: Exposer<Name>, name: PropertyKey, ...rest: unknown[]) => reflect(take(of, name), name, ...rest)
  }
  return of => new Proxy(of, handler) as unknown as Record<Name, unknown>
}

/** Knows what an object shows by each name. */
export interface Exposer<Name extends string> {
  /** Asked once for each name that somebody takes. */
  expose: (name: Name) => unknown
}

/**
 * Objects with these properties, each of which is made when it is first looked at. Most callers of a composable take but some of what it
 * returns, and many nothing: a ref and a method that nobody takes cost nothing then. A `usePullCommand()` keeps 0.6 kB so, and kept 1.1 with refs
 * that were only made lazily.
 */
export function exposing<Name extends string>(names: readonly Name[]): (of: Exposer<Name>) => Record<Name, unknown> {
  class Exposed {
    [name: PropertyKey]: unknown
    readonly #of: Exposer<Name>

    constructor(of: Exposer<Name>) {
      this.#of = of
    }

    static make(exposed: Exposed, name: PropertyKey): Exposed {
      if (names.includes(name as Name)) exposed[name] ??= exposed.#of.expose(name as Name)
      return exposed
    }
  }

  const handler: ProxyHandler<Exposed> = {
    ownKeys: exposed => Reflect.ownKeys(names.reduce(Exposed.make, exposed)),
  }
  for (const trap of ['get', 'has', 'getOwnPropertyDescriptor'] as const) {
    handler[trap] = (exposed: Exposed, name: PropertyKey) => Reflect[trap](Exposed.make(exposed, name), name) as never
  }
  return of => new Proxy(new Exposed(of), handler) as Exposed & Record<Name, unknown>
}

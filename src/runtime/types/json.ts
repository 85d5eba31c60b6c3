/** What arrives of a value that was sent as JSON: what has a `toJSON()`, as a `Date` has, arrives as that; what JSON cannot carry is refused. */
export type Jsonified<T>
  = T extends string | number | boolean | null | undefined ? T
    : T extends { toJSON: (...args: never[]) => infer Written } ? Jsonified<Written>
      : T extends bigint | symbol | ((...args: never[]) => unknown) | ReadonlyMap<unknown, unknown> | ReadonlySet<unknown> ? never
        : T extends object ? { [Key in keyof T]: Jsonified<T[Key]> }
          : T

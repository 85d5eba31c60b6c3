import type { Ref } from 'vue'

type IsAny<T> = 0 extends 1 & T ? true : false

/** `true` where a type is `any`, or holds, takes or gives one at its surface. */
type IsTainted<T> = IsAny<T> extends true ? true
  : T extends Ref<infer V> ? IsAny<V>
    : T extends (...args: infer Args) => infer Result
      ? true extends IsAny<Result> | IsAny<Awaited<Result>> | IsAny<Args> | { [I in keyof Args]: IsAny<Args[I]> }[number] ? true : false
      : T extends readonly (infer Item)[] ? IsAny<Item> : false

/** Names of the members that are `any`, or hold, take or give one; `never` where there is none. */
export type AnyMembers<T> = IsAny<T> extends true ? 'itself' : { [K in keyof T]-?: true extends IsTainted<T[K]> ? K : never }[keyof T]

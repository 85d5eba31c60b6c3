import type { Ref } from 'vue'
import type { AnyMembers } from './any'

/** Takes nothing that is left of a type after a search for `any`: compiles only where none was found. */
export type Nothing<Found extends never> = Found

/** Two types and no `any` in the place of either. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false

export type Yes<Answer extends true> = Answer

/** Takes a value of one type only, and no `any`. Compiled, never run. */
export declare function exactly<Wanted>(): <Given>(given: Same<Given, Wanted> extends true ? Given : never) => void

/* eslint-disable @typescript-eslint/no-explicit-any -- what the measure has to find */
export type Control = [
  // @ts-expect-error a type that is any
  Nothing<AnyMembers<any>>,
  // @ts-expect-error a member that is any
  Nothing<AnyMembers<{ data: any }>>,
  // @ts-expect-error a ref of any
  Nothing<AnyMembers<{ data: Ref<any> }>>,
  // @ts-expect-error any is not a string
  Yes<Same<any, string>>,
]

export function control(value: any) {
  // @ts-expect-error any is not a string
  exactly<string>()(value)
}
/* eslint-enable @typescript-eslint/no-explicit-any */

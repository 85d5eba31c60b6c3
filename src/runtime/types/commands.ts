import type { Jsonified } from './json'
import type { PullParams } from './message'
import type { InferInput, InferOutput, StandardSchemaV1 } from './standard-schema'

/**
 * Commands of your app, by module id and command, with their params. Augment it to have both ends checked:
 *
 * @example
 * ```ts
 * declare module 'nuxt-b24-pull' {
 *   interface PullCommands {
 *     'my.module': { 'task.assigned': { id: number } }
 *   }
 * }
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the app
export interface PullCommands {}

/** Params as they are sent, where a schema makes something else of them. Filled by the option `commands`. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the module's own type template
export interface PullCommandInputs {}

/** Known strings are suggested, any other stays allowed. */
type Suggest<T extends string> = T | (string & Record<never, never>)

/** A module id: the known ones are suggested. */
export type PullModuleName = Suggest<Extract<keyof PullCommands, string>>

/** A command of a module: the known ones are suggested. */
export type PullCommandName<M extends string> = Suggest<
  M extends keyof PullCommands ? Extract<keyof PullCommands[M], string> : never
>

/** Params of a command as they were declared in {@link PullCommands}, else a record of unknown values. */
type DeclaredParamsOf<M extends string, C extends string>
  = M extends keyof PullCommands
    ? C extends keyof PullCommands[M]
      ? Readonly<PullCommands[M][C]>
      : PullParams
    : PullParams

/**
 * Params of a command as a handler gets them: what a schema of the option `commands` gives out, else what arrives of those declared
 * in {@link PullCommands}, a text in place of a `Date`; else a record of unknown values.
 */
export type PullParamsOf<M extends string, C extends string>
  = IsInSchemas<M, C> extends true ? DeclaredParamsOf<M, C> : Jsonified<DeclaredParamsOf<M, C>>

type IsInSchemas<M extends string, C extends string>
  = M extends keyof PullCommandInputs ? C extends keyof PullCommandInputs[M] ? true : false : false

/** Whether the app has declared the command. */
export type IsPullCommand<M extends string, C extends string>
  = M extends keyof PullCommands ? C extends keyof PullCommands[M] ? true : false : false

/** Params to send with a command. They differ from what a handler gets only where a schema transforms. */
export type PullSendParamsOf<M extends string, C extends string>
  = M extends keyof PullCommandInputs
    ? C extends keyof PullCommandInputs[M]
      ? Readonly<PullCommandInputs[M][C]>
      : DeclaredParamsOf<M, C>
    : DeclaredParamsOf<M, C>

/** `params` of an event to send: they may be left out where the command needs none. */
export type PullEventParams<M extends string, C extends string>
  = Record<never, never> extends PullSendParamsOf<M, C>
    ? { params?: PullSendParamsOf<M, C> }
    : { params: PullSendParamsOf<M, C> }

/** Schemas by module id and command: what the file of the option `commands` exports by default. */
export type PullCommandSchemas = Readonly<Record<string, Readonly<Record<string, StandardSchemaV1>>>>

/** The commands of a file of schemas, with params as handlers get them. */
export type InferPullCommands<Schemas extends PullCommandSchemas> = {
  [M in keyof Schemas]: { [C in keyof Schemas[M]]: InferOutput<Schemas[M][C]> }
}

/** The commands of a file of schemas, with params as they are sent. */
export type InferPullCommandInputs<Schemas extends PullCommandSchemas> = {
  [M in keyof Schemas]: { [C in keyof Schemas[M]]: InferInput<Schemas[M][C]> }
}

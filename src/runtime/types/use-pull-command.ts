import type { MaybeRefOrGetter, Ref, ShallowRef } from 'vue'
import type { PullError } from '../utils/errors'
import type { PullParamsOf } from './commands'
import type { PullMessage } from './message'
import type { InferOutput, StandardSchemaV1 } from './standard-schema'

/** Params as a subscription gets them: what its own schema gives out, else as declared for the command. */
export type ReceivedParams<M extends string, C extends string, Schema extends StandardSchemaV1 | undefined>
  = Schema extends StandardSchemaV1 ? Readonly<InferOutput<Schema>> : PullParamsOf<M, C>

/** Options of `usePullCommand()`. */
export interface UsePullCommandOptions<Params, Schema extends StandardSchemaV1 | undefined = StandardSchemaV1 | undefined> {
  /**
   * Which senders to hear: the portal and back ends (`server`), or other clients that publish directly (`client`).
   * @default 'server'
   */
  type?: 'server' | 'client'
  /**
   * Deliver the last matching message of the store's history at once (in a microtask).
   * @default false
   */
  replay?: boolean
  /**
   * Stop after the first message.
   * @default false
   */
  once?: boolean
  /**
   * Validates the params, by any Standard Schema validator; handler, `data` and `filter` get what it gives out.
   * Messages that do not match reach `error` and the hook `b24-pull:error`. Where it answers with a promise, up to
   * 1,000 messages wait for their turn.
   * @default the command's schema in the file of the option `commands`, if there is one
   */
  schema?: Schema
  /** Messages for which it answers `false` are not delivered. */
  filter?: (message: PullMessage<Params>) => boolean
  /**
   * Pause while the component is deactivated inside `<KeepAlive>`.
   * @default false
   */
  whileActive?: boolean
  /**
   * Skip what this very page sent by `usePullSend()`.
   * @default false
   */
  ignoreOwn?: boolean
  /**
   * Whether to listen; becoming `true` counts as a new subscription, with its `replay`.
   * @default true
   */
  enabled?: MaybeRefOrGetter<boolean>
  /**
   * Call the handler once per animation frame with all messages since, `handler(messages)`. Not together with `once`.
   * @default false
   */
  batch?: boolean
}

/** Handler of a subscription with `batch`: messages in order of arrival, at least one. A returned promise is not awaited. */
export type PullBatchHandler<Params> = (messages: readonly PullMessage<Params>[]) => unknown

/** What `usePullCommand()` returns. */
export interface UsePullCommandReturn<Params> {
  /** Params of the last message. */
  readonly data: Readonly<ShallowRef<Params | undefined>>
  /** The whole of the last message. */
  readonly message: Readonly<ShallowRef<PullMessage<Params> | undefined>>
  /** How many messages so far. */
  readonly count: Readonly<Ref<number>>
  /** The last error of the handler, the filter or the schema. */
  readonly error: Readonly<ShallowRef<PullError | null>>
  /** `false` while paused, not `enabled`, or at rest in a deactivated `<KeepAlive>` by `whileActive`, and once stopped. */
  readonly isActive: Readonly<Ref<boolean>>
  /** Hears nothing until `resume()`. */
  pause: () => void
  resume: () => void
  /** Ends the subscription for good. */
  stop: () => void
}

import type { Ref, ShallowRef } from 'vue'
import type { PullError } from '../utils/errors'
import type { PullCommandName, PullSendParamsOf } from './commands'

/** To whom `send()` sends. */
export interface SendOptions {
  /** Receivers, by user id. Only an administrator may name others than themselves. Default: every user of the app. */
  userId?: number | readonly number[]
}

/** What follows the command in `send()`: params may be left out where the command needs none. */
export type SendArguments<Params>
  = Record<never, never> extends Params
    ? [params?: Params, options?: SendOptions]
    : [params: Params, options?: SendOptions]

/** What `usePullSend()` returns. */
export interface UsePullSendReturn<M extends string> {
  /**
   * Sends a command to the app's open frames, your own included.
   *
   * @param command letters, digits and `_ : | . -`
   * @param rest params (a plain object that survives JSON), then the receivers
   * @throws PullError also kept in `error`
   */
  send: <C extends PullCommandName<M>>(command: C, ...rest: SendArguments<PullSendParamsOf<M, C>>) => Promise<void>
  /** Whether a call is under way. */
  readonly isSending: Readonly<Ref<boolean>>
  /** The last error; `null` after a success. */
  readonly error: Readonly<ShallowRef<PullError | null>>
}

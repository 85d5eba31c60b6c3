import type { Ref, ShallowRef } from 'vue'
import type { PullError } from '../utils/errors'
import type { PullCommandName, PullSendParamsOf } from './commands'

/** To whom `send()` and `sendAsync()` send. */
export interface SendOptions {
  /** Receivers, by user id. Only an administrator may name others than themselves. Default: every user of the app. */
  userId?: number | readonly number[]
}

/** What follows the command in `send()` and `sendAsync()`: params may be left out where the command needs none. */
export type SendArguments<Params>
  = Record<never, never> extends Params
    ? [params?: Params, options?: SendOptions]
    : [params: Params, options?: SendOptions]

/** What `usePullSend()` returns. */
export interface UsePullSendReturn<M extends string> {
  /**
   * Sends a command to the app's open frames, your own included. It throws nothing and has nothing to wait for: templates may call
   * it. A failure is in `error`, in the console and in the hook `b24-pull:error`.
   *
   * @param command letters, digits and `_ : | . -`
   * @param rest params (a plain object of what JSON carries, at most 1,000,000 bytes), then the receivers
   */
  send: <C extends PullCommandName<M>>(command: C, ...rest: SendArguments<PullSendParamsOf<M, C>>) => void
  /**
   * The same for who has to know: resolves once the portal has taken the command.
   *
   * @param command letters, digits and `_ : | . -`
   * @param rest params (a plain object of what JSON carries, at most 1,000,000 bytes), then the receivers
   * @throws PullError also kept in `error`
   */
  sendAsync: <C extends PullCommandName<M>>(command: C, ...rest: SendArguments<PullSendParamsOf<M, C>>) => Promise<void>
  /** Whether a call is under way. */
  readonly isSending: Readonly<Ref<boolean>>
  /** The last error; `null` after a success. */
  readonly error: Readonly<ShallowRef<PullError | null>>
}

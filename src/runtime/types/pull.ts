import type { B24Frame } from '@bitrix24/b24jssdk'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { PullError } from '../utils/errors'
import type { PullCommandName, PullModuleName, PullSendParamsOf } from './commands'
import type { PullRole, Unsubscribe } from './connection'
import type { Jsonified } from './json'
import type { PullMessage } from './message'
import type { PullStatus, PullTransport } from './status'

/** Called with the params and the whole of a message. A rejected promise counts as an error of the handler. */
export type PullHandler<Params> = (params: Params, message: PullMessage<Params>) => unknown

/** The connection of one app: what `usePull()` returns and `useNuxtApp().$b24Pull` is. */
export interface Pull {
  /** Where the connection stands. */
  readonly status: Readonly<Ref<PullStatus>>
  /** Why the connection is not there and what to do; `null` while all is well. */
  readonly reason: Readonly<ShallowRef<PullError | null>>
  readonly isConnected: ComputedRef<boolean>
  /** Which retry since the connection was last healthy; 0 before the first. */
  readonly attempt: Readonly<Ref<number>>
  /** When the next try starts (ms since epoch), where one is waiting. */
  readonly nextRetryAt: Readonly<Ref<number | null>>
  /** How messages arrive, while connected. */
  readonly transport: Readonly<Ref<PullTransport | null>>
  /** What part this frame has in the connection of all frames of the app; `null` while that is not known, or there is none. */
  readonly role: Readonly<Ref<PullRole | null>>
  /** Id of the current user, once known. */
  readonly userId: Readonly<Ref<number | null>>
  /** The SDK's frame, once the portal has answered: REST, sliders, options. Not reactive inside. */
  readonly frame: Readonly<ShallowRef<B24Frame | null>>
  /** Connects. Resolves at the first `connected`, `failed` or `closed`, never rejects. From `failed` it tries again. */
  start: () => Promise<void>
  /** Disconnects and ends in `closed`. Subscriptions stay and hear again after the next `start()`. */
  stop: () => void
  /** Tries at once instead of at `nextRetryAt` (at most once per 15 s), and from `failed`; while connected, checks the connection. */
  reconnect: () => void
  /**
   * Listens from anywhere: no component, no injection context needed. It ends only by the function it returns.
   * Params are as they were sent: neither checked nor transformed by a schema.
   *
   * @param module module id, or `'*'` for every module
   * @param command command, commands, or `'*'` for every command of the module
   * @param handler called with params and message
   * @throws PullError `ARGUMENT_ERROR`, `MODULE_ID_ERROR`, `MODULE_RESERVED`, `COMMAND_ERROR` in development. A production build tells the
   * last three to the hook `b24-pull:error`
   */
  on: <M extends PullModuleName, C extends PullCommandName<M>>(
    module: M,
    command: C | readonly C[],
    handler: PullHandler<Jsonified<PullSendParamsOf<M, C>>>,
  ) => Unsubscribe
  /**
   * Says in plain words why a command is not heard, or that it is. In development builds only.
   *
   * @param module module id, as it is sent or listened to
   * @param command command, as it is sent or listened to
   */
  explain?: (module: string, command: string) => string
}

import type { App } from 'vue'
import type { Pull, PullCommandName, PullCommandSchemas, PullGap, PullLogLevel, PullMessageType, PullModuleName, PullRole, PullSendParamsOf, PullStatus } from '../runtime/types'
import type { RecordingPlayer } from '../runtime/recording/play-recording'
import type { PullError } from '../runtime/utils/errors'
import type { FakeCall } from './fake-connection'
import type { TestingReason, TestingRetry } from './reasons'
import type { SentCommand } from './sent-command'

/** Options of `createTestingPull()`. */
export interface TestingPullOptions {
  /** Where the connection stands at first. @default 'connected' */
  status?: PullStatus
  /** Id of the current user. @default 1 */
  userId?: number
  /** What part the frame has in the connection of all frames of the app. @default 'solo' */
  role?: PullRole
  /** Module ids that the store records even while no component listens. @default ['application'] */
  modules?: string[]
  /** Messages the store keeps. @default 100 */
  history?: number
  /** Schemas by module id and command. @default those of the app's option `commands`, where the test mounts in a Nuxt app; else none */
  commands?: PullCommandSchemas
  /** What is written to the console. @default 'warn' */
  logLevel?: PullLogLevel
  /** A recording to play: the text that `recordPull()` or the dev portal wrote. @default none */
  recording?: string
}

/** More about a message that is to arrive. */
export interface EmitOptions {
  /** What kind of sender it comes from. @default 'server' */
  type?: PullMessageType
  /** What the platform says about it. @default {} */
  extra?: Record<string, unknown>
}

/** What follows the command in `emit()`: params may be left out where the command needs none. */
export type EmitArguments<Params>
  = Record<never, never> extends Params
    ? [params?: Params, options?: EmitOptions]
    : [params: Params, options?: EmitOptions]

/** A pull without a portal, and the hands by which a test plays the portal's part. A Vue plugin. */
export interface TestingPull {
  install: (app: App) => void
  /** What `usePull()` gives the components. */
  readonly pull: Pull
  /**
   * Lets a message arrive: handlers have run and the store shows it when this returns.
   *
   * @param module module id
   * @param command command
   * @param rest params, checked against `PullCommands` and copied as JSON does; then type and extra
   * @returns whether it arrived: while the status is not `connected` nothing does, as in life
   * @throws PullError `MODULE_ID_ERROR`, `MODULE_RESERVED`, `COMMAND_ERROR`, `PARAMS_ERROR`, `ARGUMENT_ERROR`
   */
  emit: <M extends PullModuleName, C extends PullCommandName<M>>(module: M, command: C, ...rest: EmitArguments<PullSendParamsOf<M, C>>) => boolean
  /**
   * Moves the status to any word of `PullStatus`.
   *
   * @param status where the connection stands from now on
   * @param reason an error or its code; statuses that always have one get one
   * @param retry attempt, and the time of the next one
   * @throws PullError `ARGUMENT_ERROR` for a status that there is none of
   */
  setStatus: (status: PullStatus, reason?: TestingReason, retry?: TestingRetry) => void
  /**
   * Lets a user come online, or go: `useUserOnline()` and `usePullOnline()` hear of it.
   *
   * @param userId id of the user
   * @param online whether they are there now
   * @returns whether that was heard: while the status is not `connected` nothing is, as in life
   * @throws PullError `USER_ID_ERROR`, `ARGUMENT_ERROR`
   */
  setOnline: (userId: number, online: boolean) => boolean
  /** Reports that messages may have been missed. Default: cause `no-id`, the last minute. */
  reportGap: (gap?: Partial<PullGap>) => void
  /** Plays the option `recording`: messages, statuses and gaps as they were. What the app had sent is only answered by `next()`. */
  readonly recording: RecordingPlayer
  /** What components sent, in order; also what was answered with an error. */
  readonly sent: readonly SentCommand[]
  /** Every REST call, in order. */
  readonly calls: readonly FakeCall[]
  /**
   * All that the hook `b24-pull:error` is called with, in order: errors of handlers, filters, schemas, fetchers and reducers, of tags, of
   * `send()` and `notify()`, and of names, ids and tags that changed.
   */
  readonly errors: readonly PullError[]
  /**
   * Answers calls from now on.
   *
   * @param answer the answer's `result`, or a function of the call, which may return a promise
   */
  answerWith: (answer: unknown | ((call: FakeCall) => unknown)) => void
  /**
   * Refuses calls from now on, until `answerWith()`.
   *
   * @param error a code of the platform, such as `'USER_ID_ACCESS_ERROR'` or `'insufficient_scope'`, or a whole error
   */
  failWith: (error: string | Error) => void
}

import type { AnyMembers } from './any'
import type {
  InferInput, InferOutput, InferPullCommandInputs, InferPullCommands, IsPullCommand, Jsonified, Pull, PullBatchHandler, PullCommandInputs, PullCommandName,
  PullCommands, PullCommandSchemas, PullConnection, PullConnectionState, PullError, PullErrorCode, PullEventParams,
  PullFetchContext, PullFetchedMessage, PullFetcher, PullGap, PullHandler, PullIssue, PullLogLevel, PullMessage,
  PullMessageType, PullModuleName, PullParams, PullParamsOf, PullPresence, PullReducer, PullReducers,
  PullRefreshReason, PullRefreshTiming, PullRole,
  PullRuntimeHooks, PullSendParamsOf, PullSession, PullStateFetchContext, PullStateFetcher, PullStateReason, PullStatus, PullStatusChange, PullTransport, PushNotification,
  ReceivedParams, SchemaIssue, SchemaResult, SendArguments, SendOptions, StandardSchemaV1, Unsubscribe,
  UsePullCommandOptions, UsePullCommandReturn, UsePullOnlineReturn, UsePullRefreshOptions, UsePullRefreshReturn,
  UsePullSendReturn, UsePullStateOptions, UsePullStateReturn, UsePullWatchReturn, UsePushNotificationReturn, UseUserOnlineReturn,
} from './entry'
import type { Nothing, Same, Yes } from './measure'

type Text = StandardSchemaV1<string, number>

// Imported by the app, so that its own commands are known here. The entry is that of its kind: Nuxt's or Vue's.

export type Interfaces = [
  Nothing<AnyMembers<Pull>>,
  Nothing<AnyMembers<PullCommands>>,
  Nothing<AnyMembers<PullCommandInputs>>,
  Nothing<AnyMembers<PullCommandSchemas>>,
  Nothing<AnyMembers<PullConnection>>,
  Nothing<AnyMembers<PullConnectionState>>,
  Nothing<AnyMembers<PullError>>,
  Nothing<AnyMembers<PullFetchContext>>,
  Nothing<AnyMembers<PullFetchedMessage>>,
  Nothing<AnyMembers<PullGap>>,
  Nothing<AnyMembers<PullIssue>>,
  Nothing<AnyMembers<PullMessage>>,
  Nothing<AnyMembers<PullPresence>>,
  Nothing<AnyMembers<PullRefreshTiming>>,
  Nothing<AnyMembers<PullRuntimeHooks>>,
  Nothing<AnyMembers<PullSession>>,
  Nothing<AnyMembers<PullStateFetchContext>>,
  Nothing<AnyMembers<PullStatusChange>>,
  Nothing<AnyMembers<PushNotification>>,
  Nothing<AnyMembers<SchemaIssue>>,
  Nothing<AnyMembers<SendOptions>>,
  Nothing<AnyMembers<UsePullCommandOptions<PullParams>>>,
  Nothing<AnyMembers<UsePullCommandReturn<PullParams>>>,
  Nothing<AnyMembers<UsePullOnlineReturn>>,
  Nothing<AnyMembers<UsePullRefreshOptions>>,
  Nothing<AnyMembers<UsePullRefreshReturn>>,
  Nothing<AnyMembers<UsePullSendReturn<'application'>>>,
  Nothing<AnyMembers<UsePullStateOptions<number[]>>>,
  Nothing<AnyMembers<UsePullStateReturn<number[]>>>,
  Nothing<AnyMembers<UsePullWatchReturn>>,
  Nothing<AnyMembers<UsePushNotificationReturn>>,
  Nothing<AnyMembers<UseUserOnlineReturn>>,
]

export type Others = Nothing<AnyMembers<{
  batch: PullBatchHandler<PullParams>
  reducer: PullReducer<number[], PullParams>
  reducers: PullReducers<number[], 'application', 'ping'>
  role: PullRole
  stateFetcher: PullStateFetcher<number[]>
  stateReason: PullStateReason
  written: Jsonified<{ at: Date }>
  code: PullErrorCode
  context: PullFetcher
  handler: PullHandler<PullParams>
  input: InferInput<Text>
  inputs: InferPullCommandInputs<{ typed: { saved: Text } }>
  isKnown: IsPullCommand<'application', 'ping'>
  level: PullLogLevel
  module: PullModuleName
  name: PullCommandName<'application'>
  output: InferOutput<Text>
  outputs: InferPullCommands<{ typed: { saved: Text } }>
  params: PullParams
  reason: PullRefreshReason
  received: ReceivedParams<'application', 'ping', undefined>
  result: SchemaResult<number>
  sendArguments: SendArguments<{ id: string }>
  sendParams: PullSendParamsOf<'application', 'ping'>
  status: PullStatus
  transport: PullTransport
  type: PullMessageType
  unknown: PullParamsOf<'not', 'known'>
  unsubscribe: Unsubscribe
}>>

export type Exactly = [
  Yes<Same<Pull['status']['value'], PullStatus>>,
  Yes<Same<Pull['reason']['value'], PullError | null>>,
  Yes<Same<Pull['isConnected']['value'], boolean>>,
  Yes<Same<Pull['userId']['value'], number | null>>,
  Yes<Same<Pull['transport']['value'], PullTransport | null>>,
  Yes<Same<PullParams[string], unknown>>,
  Yes<Same<PullParamsOf<'application', 'ping'>['from'], string>>,
  Yes<Same<PullSendParamsOf<'application', 'ping'>['from'], string>>,
  Yes<Same<PullEventParams<'application', 'ping'>['params']['from'], string>>,
  Yes<Same<PullParamsOf<'not', 'known'>[string], unknown>>,
]

import { createPortal } from 'nuxt-b24-pull/portal'
import type {
  BoundEvent, Emit, FaultField, FaultGroup, FaultName, FaultOptions, FaultSettings, FaultState, FireEvent, FireEventAnswer, LogEntry, LogSource, OpenFrameRequest,
  PlacementChoice, PlatformEventData, PlatformEventName, Portal, PortalAuthorization, PortalConnection, PortalDialog, PortalError, PortalErrorCode, PortalEvent, PortalEventOf, PortalFaults, PortalFrame, PortalLimits,
  PortalOptions, PortalPlacementOptions, PortalUser, PortalUserOptions, ResolvedPortalOptions, resolvePortalOptions, RestContext, RestError,
  RestHandler, restPage, RestParams, RestRequest, ServerMode, ServerSettings, ServerVersion, Transport, WaitFor, WaitOptions, WaitTargets,
} from 'nuxt-b24-pull/portal'
import type { PullRecording, recordPull, RecordPullOptions } from 'nuxt-b24-pull/record'
import type {
  B24AppSecret, B24Event, B24EventHandler, B24EventHandlerOptions, B24Installation, B24TokenSource, B24Uninstallation, createPullSender,
  defineB24EventHandler, DrainAnswer, drainOfflineEvents, DrainOptions, GonePortal, OfflineEvent, PhpValue, PullCommands, PullDeliveryOptions, PullError,
  PullErrorCode, PullIssue, PullSender, PullSenderEvent, PullSenderFigures, PullSenderOptions, PullSendFailure, PullServerEvent, PushNotification,
  readB24Event, ReadB24EventOptions, RequestEvent, sendPullEvent, sendPushNotification,
} from 'nuxt-b24-pull/server'
import { createTestingPull } from 'nuxt-b24-pull/testing'
import type {
  EmitOptions, FakeCall, PlayOptions, PullError as TestingPullError, RecordedEntry, RecordedReason, RecordingPlayer, SentCommand, TestingPull, TestingPullOptions, TestingReason, TestingRetry,
} from 'nuxt-b24-pull/testing'
import type { AnyMembers } from './any'
import type { Nothing, Same, Yes } from './measure'

export type OfPortal = [
  Nothing<AnyMembers<BoundEvent>>,
  Nothing<AnyMembers<{ group: FaultGroup }>>,
  Nothing<AnyMembers<FaultField>>,
  Nothing<AnyMembers<FaultOptions>>,
  Nothing<AnyMembers<FaultSettings>>,
  Nothing<AnyMembers<FaultState>>,
  Nothing<AnyMembers<FireEventAnswer>>,
  Nothing<AnyMembers<LogEntry>>,
  Nothing<AnyMembers<OpenFrameRequest>>,
  Nothing<AnyMembers<PlacementChoice>>,
  Nothing<AnyMembers<PlatformEventData<'ONCRMDEALUPDATE'>>>,
  Nothing<AnyMembers<Portal>>,
  Nothing<AnyMembers<PortalAuthorization>>,
  Nothing<AnyMembers<PortalConnection>>,
  Nothing<AnyMembers<PortalDialog>>,
  Nothing<AnyMembers<PortalError>>,
  Nothing<AnyMembers<PortalEvent>>,
  Nothing<AnyMembers<PortalEventOf<'application', 'ping'>>>,
  Nothing<AnyMembers<PortalFaults>>,
  Nothing<AnyMembers<PortalFrame>>,
  Nothing<AnyMembers<PortalLimits>>,
  Nothing<AnyMembers<PortalOptions>>,
  Nothing<AnyMembers<PortalPlacementOptions>>,
  Nothing<AnyMembers<PortalUser>>,
  Nothing<AnyMembers<PortalUserOptions>>,
  Nothing<AnyMembers<ResolvedPortalOptions>>,
  Nothing<AnyMembers<RestContext>>,
  Nothing<AnyMembers<RestError>>,
  Nothing<AnyMembers<RestParams>>,
  Nothing<AnyMembers<RestRequest>>,
  Nothing<AnyMembers<ServerSettings>>,
  Nothing<AnyMembers<WaitOptions>>,
  Nothing<AnyMembers<WaitTargets>>,
  Nothing<AnyMembers<{
    code: PortalErrorCode
    create: typeof createPortal
    emit: Emit
    event: PlatformEventName
    fire: FireEvent
    fault: FaultName
    mode: ServerMode
    page: typeof restPage
    resolve: typeof resolvePortalOptions
    rest: RestHandler
    source: LogSource
    transport: Transport
    version: ServerVersion
    waitFor: WaitFor
  }>>,
  Yes<Same<Portal['url'], string>>,
  Yes<Same<Awaited<ReturnType<typeof createPortal>>, Portal>>,
]

export type OfTesting = [
  Nothing<AnyMembers<EmitOptions>>,
  Nothing<AnyMembers<FakeCall>>,
  Nothing<AnyMembers<PlayOptions>>,
  Nothing<AnyMembers<RecordedEntry>>,
  Nothing<AnyMembers<RecordedReason>>,
  Nothing<AnyMembers<RecordingPlayer>>,
  Nothing<AnyMembers<SentCommand>>,
  Nothing<AnyMembers<TestingPull>>,
  Nothing<AnyMembers<TestingPull['pull']>>,
  Nothing<AnyMembers<TestingPullError>>,
  Nothing<AnyMembers<TestingPullOptions>>,
  Nothing<AnyMembers<TestingRetry>>,
  Nothing<AnyMembers<{ create: typeof createTestingPull, reason: TestingReason }>>,
]

export type OfRecord = [
  Nothing<AnyMembers<PullRecording>>,
  Nothing<AnyMembers<RecordPullOptions>>,
  Nothing<AnyMembers<{ record: typeof recordPull }>>,
]

export type OfServer = [
  Nothing<AnyMembers<B24AppSecret>>,
  Nothing<AnyMembers<B24Event>>,
  Nothing<AnyMembers<B24EventHandler>>,
  Nothing<AnyMembers<B24EventHandlerOptions>>,
  Nothing<AnyMembers<B24Installation>>,
  Nothing<AnyMembers<B24TokenSource>>,
  Nothing<AnyMembers<B24Uninstallation>>,
  Nothing<AnyMembers<DrainAnswer>>,
  Nothing<AnyMembers<DrainOptions>>,
  Nothing<AnyMembers<GonePortal>>,
  Nothing<AnyMembers<OfflineEvent>>,
  Nothing<AnyMembers<PullCommands>>,
  Nothing<AnyMembers<PullDeliveryOptions>>,
  Nothing<AnyMembers<PullError>>,
  Nothing<AnyMembers<PullIssue>>,
  Nothing<AnyMembers<PullSender>>,
  Nothing<AnyMembers<PullSenderEvent<'application', 'ping'>>>,
  Nothing<AnyMembers<PullSenderFigures>>,
  Nothing<AnyMembers<PullSenderOptions>>,
  Nothing<AnyMembers<PullSendFailure>>,
  Nothing<AnyMembers<PullServerEvent<'application', 'ping'>>>,
  Nothing<AnyMembers<PushNotification>>,
  Nothing<AnyMembers<ReadB24EventOptions>>,
  Nothing<AnyMembers<{
    code: PullErrorCode
    create: ReturnType<typeof createPullSender>
    define: ReturnType<typeof defineB24EventHandler>
    drain: ReturnType<typeof drainOfflineEvents>
    event: typeof sendPullEvent
    notification: typeof sendPushNotification
    value: PhpValue
  }>>,
  Yes<Same<Awaited<ReturnType<typeof readB24Event>>, B24Event>>,
  Yes<Same<Parameters<B24EventHandler>[0], RequestEvent>>,
]

/** Compiled, never run. */
export async function wrongCalls(): Promise<void> {
  // @ts-expect-error the app's address is missing
  await createPortal({})
  // @ts-expect-error a port is a number
  await createPortal({ app: 'http://localhost:3000', port: '7324' })
  // @ts-expect-error there is no such status
  createTestingPull({ status: 'online' })
}

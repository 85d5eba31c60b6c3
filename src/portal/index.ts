export type { Portal } from './create-portal'
export { createPortal } from './create-portal'
export type {
  BoundEvent, FaultField, FaultGroup, FaultName, FaultState, FireEventAnswer, LogEntry, LogSource, OpenFrameRequest, PlacementChoice,
  PortalConnection, PortalDialog, PortalFrame, PortalUser, ServerMode, ServerSettings, ServerVersion, Transport,
} from './types'
export type { Emit, PortalEvent, PortalEventOf } from './emit'
export type { PortalErrorCode } from './errors'
export { PortalError } from './errors'
export type { PortalFaults } from './faults/faults'
export type { FaultOptions, FaultSettings } from './faults/settings'
export type { PortalOptions, PortalPlacementOptions, PortalUserOptions, ResolvedPortalOptions } from './options'
export { resolvePortalOptions } from './options'
export type { PortalAuthorization } from './people/authorization'
export type { PortalLimits } from './rest/limits'
export type { RestContext, RestHandler, RestParams, RestRequest } from './rest/types'
export { RestError, restPage } from './rest/types'
export type { WaitFor, WaitOptions, WaitTargets } from './wait-for'

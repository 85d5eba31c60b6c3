import type { B24Frame } from '@bitrix24/b24jssdk'
import type { PullGap, PullTransport } from '../../../types'
import type { PullError } from '../../../utils/errors'
import type { OpenFrameOptions } from '../../frame/open-frame'
import type { SupervisedLink } from '../retry/supervisor'
import type { Intake } from '../wire/intake'
import type { Place } from './place'
import type { PullSdk } from './pull-client'
import type { ServerMethod } from './server-calls'
import type { StartConfig } from './start-config'

export interface SdkLinkOptions {
  /** Given to `auth.getUniq(prefix)`. */
  prefix: string
  /** Modules to name where the SDK has changed so that not every module can be heard. */
  modules: readonly string[]
  /** ms */
  resumeLimit: number
  /** What to do about not being in a frame, where something better than the usual is known. */
  portalHint: string | null
  loadFrameSdk: OpenFrameOptions['loadFrameSdk']
  /** The part of the SDK that is wanted once the portal has answered. */
  loadPullSdk: () => Promise<PullSdk>
  intake: Intake
  /** How to connect; by default the portal is asked. Whoever gives this may keep the connection waiting for as long as it takes. */
  begin?: (frame: B24Frame) => Promise<StartConfig>
}

/** How the link answers its supervisor. */
export interface SdkLinkEvents {
  onFrame: (frame: B24Frame) => void
  onUser: (userId: number) => void
  /** `gap` = what may have been missed before, if anything was. */
  onOpened: (token: number, transport: PullTransport, gap: PullGap | null) => void
  onLost: (token: number, reason: PullError, wait?: number) => void
  onFailed: (token: number, reason: PullError) => void
  /** The portal answered after it had been given up. */
  onLateFrame: () => void
  onWake: () => void
  /** The connection works, but not as it should. */
  onWarning: (problem: PullError) => void
}

/** A link that can also make calls of the push server itself. */
export interface SdkLink extends SupervisedLink {
  /** @throws PullError `PRESENCE_UNAVAILABLE` */
  callServer: (method: ServerMethod, params: object) => Promise<unknown>
  /** Where the connection stands now, or stood when it ended; `null` before the first. */
  readonly place: Place | null
  /** The next start goes on from here, wherever another connection has got to. */
  startAt: (place: Place) => void
}

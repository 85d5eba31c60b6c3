import type { B24Frame } from '@bitrix24/b24jssdk'
import { createSdkConnection } from '../sdk/connection'
import type { SdkConnectionOptions } from '../sdk/connection'
import { loadStartConfig } from '../sdk/start-config'
import type { StartConfig } from '../sdk/start-config'
import type { Carrier } from './carrier'
import { openChannel } from './channel'
import { createLeaderLock } from './lock'
import { askOwner } from './owner'

/** What a shared connection stands on, given from outside by tests. */
export interface SharedParts {
  createCarrier: (options: SdkConnectionOptions) => Carrier
  askOwner: typeof askOwner
  loadConfig: (frame: B24Frame) => Promise<StartConfig>
  createLock: typeof createLeaderLock
  openChannel: typeof openChannel
}

/** The portal's, and the browser's. */
export const nativeParts: SharedParts = { createCarrier: createSdkConnection, askOwner, loadConfig: loadStartConfig, createLock: createLeaderLock, openChannel }

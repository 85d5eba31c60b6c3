import type { TypePullClientParams } from '@bitrix24/b24jssdk'
import type { Unsubscribe } from '../../../types'
import type { PullError } from '../../../utils/errors'
import { provideStorage } from '../../../utils/provide-storage'
import { secondClient, sdkChanged } from '../problems'
import { createSdkClient, missingMembers } from './client'
import { createPlainClient } from './plain-client'
import type { PullSdk, SdkClientEvents, SdkPullClient } from './pull-client'
import { dropUnreadable } from './saved-session'
import { watchSecondClient } from './second-client'

/**
 * A pull client over what this version of the SDK has inside: one that knows all, or a plain one where the SDK has changed.
 *
 * @param sdk its part for Push & Pull
 * @param params of its client
 * @param modules to name where not every module can be heard
 * @param events of the client
 * @param onWarning told where the SDK has changed and, in development, of a second client on the page
 * @returns the client, and what ends the watch for a second one
 */
export function chooseClient(sdk: PullSdk, params: TypePullClientParams, modules: readonly string[], events: SdkClientEvents, onWarning: (problem: PullError) => void): { client: SdkPullClient, end?: Unsubscribe } {
  // The SDK's constructor reads the storage and throws where that is denied.
  provideStorage(window, ['localStorage'])
  dropUnreadable(params)
  const missing = missingMembers(sdk)
  if (missing.length) {
    onWarning(sdkChanged(missing))
    // It cannot be told from another's.
    return { client: createPlainClient(sdk, params, modules, events) }
  }
  const client = createSdkClient(sdk, params, events)
  return { client, end: process.env.NODE_ENV !== 'production' ? watchSecondClient(sdk, () => onWarning(secondClient())) : undefined }
}

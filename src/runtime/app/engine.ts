import { createSharedConnection } from './client/shared/connection'
import { createSdkConnection } from './client/sdk/connection'
import { createEngine } from './create-engine'
import type { Engine, EngineParts } from './create-engine'

/** The engine of an app in a portal. It is loaded with the first start, as one chunk with all that it connects by, and is not in the app's entry. */
export function createPortalEngine(parts: EngineParts): Engine {
  const { options, logger } = parts
  const connect = options.share ? createSharedConnection : createSdkConnection
  return createEngine(parts, connect({ ...options, logger }))
}

import { isPortalFrame } from '../frame/is-portal-frame'

/**
 * Begins to load the SDK while the connection's own code is still on its way: one after the other would be a round trip more.
 * Where it cannot be loaded, the connection finds out and says so.
 */
export function preloadSdk(): void {
  if (isPortalFrame()) import('../frame/sdk').catch(() => {})
}

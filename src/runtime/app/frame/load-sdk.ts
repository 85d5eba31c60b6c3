/** What the SDK has for frames, and how to load the rest of it. */
export const loadFrameSdk = (): Promise<typeof import('./sdk')> => import('./sdk')

/**
 * Begins to load it while the connection's own code is still on its way: one after the other would be a round trip more.
 * Where it cannot be loaded, the connection finds out and says so. Whether the frame is the portal's, that code finds out, too.
 */
export function preloadFrameSdk(): void {
  if (window.parent !== window) loadFrameSdk().catch(() => {})
}

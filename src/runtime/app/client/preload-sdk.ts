/**
 * Begins to load what the SDK has for frames while the connection's own code is still on its way: one after the other would be a round trip more.
 * Where it cannot be loaded, the connection finds out and says so. Whether the frame is the portal's, that code finds out, too.
 */
export function preloadSdk(): void {
  if (window.parent !== window) import('../frame/sdk').catch(() => {})
}

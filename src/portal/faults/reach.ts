/** What a fault can get hold of in the portal. */
export interface FaultReach {
  /** Ends sockets and polls without a goodbye; user 0 = everybody's. */
  cut: (userId: number) => void
  /** Says goodbye to everybody with this close code. */
  closeAll: (code: number, reason: string) => void
  /** Another version of the push server takes over, behind the same channels. */
  replaceServer: (version: 3 | 4 | 5) => void
  /** Sends a command of the platform's own module `pull` to everybody who listens to the channel; nobody finds it in history. */
  announce: (channel: 'private' | 'shared', command: string, params: (userId: number | null) => Record<string, unknown>) => void
  /** Replaces the ids of the user's private channel, or of the shared one for null. */
  renewChannel: (userId: number | null) => { before: ExpiringChannel, after: ExpiringChannel }
  /** Old and new shared channel of the portal's own pages: not the app's. */
  foreignChannels: () => { before: ExpiringChannel, after: ExpiringChannel }
  /** Names the application to the push server. */
  clientId: string
  /** Sends what the fault reorder-messages holds back. */
  releaseHeld: () => void
  /** No access token given out so far is worth anything. */
  expireTokens: () => void
}

/** A channel as clients know it. */
export interface ExpiringChannel {
  id: string
  public_id?: string
  type: 'private' | 'shared'
  start: string
  end: string
}

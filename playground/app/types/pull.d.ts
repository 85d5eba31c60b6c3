declare module 'nuxt-b24-pull' {
  interface PullCommands {
    application: {
      /** `sentAt` (ms since epoch) and `from` are absent in a ping sent by hand from the portal. */
      'ping': { from?: string, sentAt?: number }
      'reload.options': { from: string }
      'tick': { n: number }
      'hello': Record<never, never>
      /** From the app's back end, when the portal says so. */
      'deal.changed': { id: number }
      /** What polls read while the connection is away. */
      'clock.read': { time: string }
      'fail': Record<never, never>
    }
  }
}

export {}

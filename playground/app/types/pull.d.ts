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
      /** A note that was added, and saved before. */
      'note.added': { id: string, text: string }
      'note.removed': { id: string }
      /** Too much has changed to tell it one by one. */
      'notes.replaced': Record<never, never>
      /** What polls read while the connection is away. */
      'clock.read': { time: string }
      'fail': Record<never, never>
    }
  }
}

export {}

declare module 'nuxt-b24-pull' {
  interface PullCommands {
    application: {
      /** Something was added or changed: read again. */
      'deals.changed': Record<never, never>
      'deal.removed': { id: number }
    }
  }
}

export {}

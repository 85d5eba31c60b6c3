declare module 'nuxt-b24-pull/vue' {
  interface PullCommands {
    application: { ping: { from: string } }
  }
}

export {}

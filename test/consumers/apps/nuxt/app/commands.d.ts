declare module 'nuxt-b24-pull' {
  interface PullCommands {
    application: { ping: { from: string } }
  }
}

export {}

import type { Item } from '~~/shared/types/item'

declare module 'nuxt-b24-pull' {
  interface PullCommands {
    application: { 'item.added': Item }
  }
}

export type * from 'nuxt-b24-pull'

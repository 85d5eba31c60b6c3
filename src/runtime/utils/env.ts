/**
 * Whether this is a development build.
 *
 * `import.meta.dev` is Nuxt's alone; these files also run in plain Vue apps, where every bundler replaces this expression.
 */
export const isDev = process.env.NODE_ENV !== 'production'

export const isBrowser = typeof window !== 'undefined'

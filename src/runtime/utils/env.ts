// Whether this is a development build is asked where it counts, as `process.env.NODE_ENV !== 'production'`: bundlers replace that and
// leave out what is for development only, with all that only this imports. Of a constant of ours they would keep it.
// `import.meta.dev` is Nuxt's alone, and these files also run in plain Vue apps.

export const isBrowser = typeof window !== 'undefined'

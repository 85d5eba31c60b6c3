// As an app's own browser tests import it.
export { createPortal } from 'nuxt-b24-pull/portal'

import { isBrowser } from './env'
import { provideStorage } from './provide-storage'

// Vue's devtools, which Pinia brings along in development builds, touch storage while they load, and would stop an app
// whose storage is denied (in a frame of a private window, say). So this has to be imported before Pinia is.
// Drop when `@vue/devtools-kit` guards its access.
if (isBrowser && process.env.NODE_ENV !== 'production') provideStorage(window, ['localStorage', 'sessionStorage'])

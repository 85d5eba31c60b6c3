import { PullError } from '../../utils/errors'

// Apart from the other problems: this one is in the app's entry, where it cannot be loaded any more.

export const loadFailed = (cause: unknown): PullError => new PullError({
  code: 'LOAD_FAILED',
  message: 'The code of the pull client could not be loaded.',
  why: 'The network is away, or the app was deployed anew.',
  fix: 'Reload the page, or call reconnect(). It is tried again when the network is back.',
  // The query of a file's address may hold what is nobody's business; what masks other texts is not loaded.
  cause: String(cause).split('?')[0],
})

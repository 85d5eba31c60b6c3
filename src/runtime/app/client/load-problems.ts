import { PullError } from '../../utils/errors'

// Apart from the other problems: this one is in the app's entry, where it cannot be loaded any more.

export const loadFailed = (cause: unknown): PullError => new PullError({
  code: 'LOAD_FAILED',
  message: 'The code of the pull client could not be loaded.',
  why: 'The app\'s own files did not arrive: the network is away, or a new version was deployed.',
  fix: 'Reload the page. Without that, a start is tried again when the page becomes visible, when the network is back, and by start() or reconnect().',
  cause: (cause as Error | undefined)?.message ?? cause,
})

/** Passes on what is loaded. @throws PullError `LOAD_FAILED` */
export const orLoadFailed = <T>(loading: Promise<T>): Promise<T> => loading.catch(cause => Promise.reject(loadFailed(cause)))

import { loadFailed } from './load-problems'

/** Passes on what is loaded. @throws PullError `LOAD_FAILED` */
export const orLoadFailed = <T>(loading: Promise<T>): Promise<T> => loading.catch(cause => Promise.reject(loadFailed(cause)))

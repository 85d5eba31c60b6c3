import { createSharedComposable, useUrlSearchParams } from '@vueuse/core'

/** What the page's address says: whoever is given it sees the same, and a reload loses nothing. */
export interface Address {
  /** The open tab of the tools. */
  tab?: string
  /** Id of the person whose portal this page shows. */
  user?: string
  /** Words that the log is searched for. */
  q?: string
  /** Sources that the log shows, with commas between. */
  sources?: string
  /** Id of the person whose entries the log shows. */
  person?: string
  /** Id of the frame whose entries the log shows. */
  frame?: string
  /** `1` = only what went wrong. */
  problems?: string
  module?: string
  command?: string
  params?: string
  /** Receivers, with commas between. */
  to?: string
}

export const useAddress: () => Address = createSharedComposable(() => useUrlSearchParams<Address & Record<string, string>>('history', { removeFalsyValues: true }))

import { type CreatedPull, type CreatePullOptions, createPullFront } from './pull-front'
import { createReceiver } from './receiver'

export type { CreatedPull, CreatePullOptions } from './pull-front'

/** Puts the parts together: connection → hub → store and subscriptions. For a connection whose code is there from the start. */
export function createPull(options: CreatePullOptions): CreatedPull {
  const created = createPullFront(options)
  created.context.receiver(createReceiver)
  return created
}

import { computed } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import type { UsePullWatchReturn } from '../../types'
import { PullError } from '../../utils/errors'
import { describe } from '../../utils/describe'
import { injectPull } from '../pull-context'
import { followKeys } from '../services/follow-keys'
import { showUse } from '../services/show-use'
import { createTagWatch } from '../services/tag-watch'

/**
 * Keeps the portal's watch on tags alive for as long as the component (or other effect scope) lives.
 *
 * All tags wanted in a tick, by however many components, go out in one `pull.watch.extend` (500 tags a call); they are
 * renewed every 29 minutes and after a reconnect. A tag that the portal refuses is not asked for again until every
 * component that wants it has gone; a call that fails is made again with the next renewal.
 *
 * The call only renews what PHP on the portal's own server has begun (`CPullWatch::Add`), and an application's channels
 * may never carry a tag's messages. Not verified on a live portal.
 *
 * @param tags one tag or a list, or nothing while it is not known yet; a ref or getter follows its changes
 * @throws PullError `TAG_ERROR`, `NO_CONTEXT`; `error` holds `WATCH_REFUSED`, `WATCH_UNANSWERED`, those of a failed call,
 * or `TAG_ERROR` of a change
 *
 * @example
 * ```ts
 * const { isWatching, error } = usePullWatch('CRM_DEAL_42')
 * ```
 */
export function usePullWatch(tags: MaybeRefOrGetter<string | readonly string[] | null | undefined>): UsePullWatchReturn {
  const context = injectPull('usePullWatch')
  const service = context?.service(createTagWatch)
  const { held, error, stop } = followKeys(context, 'usePullWatch', tags, checkTags, tag => service?.watch(tag))

  const states = computed(() => [...held.value.values()].map(tag => tag?.state.value))
  const watching = {
    isWatching: computed(() => states.value.length > 0 && states.value.every(state => state?.isWatched)),
    error: computed(() => error.value ?? states.value.find(state => state?.error)?.error ?? null),
  }
  if (process.env.NODE_ENV !== 'production') {
    showUse(context, 'usePullWatch', () => ({ tags: [...held.value.keys()], isWatching: watching.isWatching.value, error: watching.error.value }))
  }
  return { ...watching, stop }
}

function checkTags(given: unknown): string[] {
  if (given === null || given === undefined) return []
  const tags = Array.isArray(given) ? given as unknown[] : [given]
  for (const tag of tags) {
    if (typeof tag !== 'string' || !tag.trim()) {
      throw new PullError({
        code: 'TAG_ERROR',
        message: `The tag is ${describe(tag)}, not a name.`,
        why: 'The portal knows what to watch by the name under which its server code subscribed the user.',
        fix: 'Give a tag as a text that is not empty, a list of such texts, or nothing while it is not known yet.',
      })
    }
  }
  return tags as string[]
}

import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { Unsubscribe } from '../../types'
import { createClockTimer } from '../../utils/clock-timer'
import { PullError } from '../../utils/errors'
import type { PullContext, PullService } from '../pull-context'

/** ms; the portal forgets a subscription after 30 minutes. */
const RENEW_AFTER = 29 * 60_000
/** Tags in one call. */
const TAGS_PER_CALL = 500

/** What is known of one tag. */
export interface TagState {
  readonly isWatched: boolean
  readonly error: PullError | null
}

export interface WatchedTag {
  readonly state: Readonly<ShallowRef<TagState>>
  /** To be called once. */
  release: () => void
}

/** The tags that the components of an app want to be subscribed to, kept subscribed until the last one goes. */
export interface TagWatch extends PullService {
  watch: (tag: string) => WatchedTag
}

interface Entry {
  state: ShallowRef<TagState>
  watchers: number
  isRefused: boolean
}

export function createTagWatch({ connection, call, report }: PullContext): TagWatch {
  const tags = new Map<string, Entry>()
  /** Tags to ask for with the next call. */
  const due = new Set<string>()
  /** The portal counts the time in which the machine sleeps. */
  const renewal = createClockTimer(() => {
    renewAll()
    renewal.set(RENEW_AFTER)
  })
  let isAsking = false
  let isScheduled = false
  let ends: Unsubscribe[] | null = null

  function schedule(): void {
    if (isScheduled || isAsking) return
    isScheduled = true
    // All tags that are wanted in one tick go into one call.
    queueMicrotask(() => {
      isScheduled = false
      void ask()
    })
  }

  function renewAll(): void {
    for (const [tag, { isRefused }] of tags) {
      if (!isRefused) due.add(tag)
    }
    schedule()
  }

  /** Where the connection has ended, nobody renews. */
  function forgetIfEnded(): void {
    if (!/failed|closed/.test(connection.state.status)) return
    for (const { state } of tags.values()) state.value = { ...state.value, isWatched: false }
  }

  async function ask(): Promise<void> {
    if (isAsking) return
    isAsking = true
    while (due.size && connection.state.status === 'connected') {
      const asked = [...due].slice(0, TAGS_PER_CALL)
      for (const tag of asked) due.delete(tag)
      await extend(asked)
    }
    isAsking = false
    // The portal may have confirmed tags after that.
    forgetIfEnded()
  }

  async function extend(asked: readonly string[]): Promise<void> {
    try {
      const answer = toRecord(await call('pull.watch.extend', { tags: asked }))
      const refused = asked.filter(tag => tags.has(tag) && !settle(tag, answer[tag]))
      if (refused.length) report(watchRefused(refused))
    }
    catch (problem) {
      for (const tag of asked) set(tag, { isWatched: false, error: problem as PullError })
      report(problem as PullError)
    }
  }

  /** Takes the portal's verdict on a tag; answers `false` where it is refused. */
  function settle(tag: string, verdict: unknown): boolean {
    const entry = tags.get(tag)
    if (entry) entry.isRefused = verdict === false
    set(tag, verdict === true
      ? { isWatched: true, error: null }
      : { isWatched: false, error: verdict === false ? watchRefused([tag]) : watchUnanswered(tag) })
    return verdict !== false
  }

  function set(tag: string, state: TagState): void {
    const entry = tags.get(tag)
    if (entry) entry.state.value = state
  }

  function begin(): void {
    renewal.set(RENEW_AFTER)
    ends = [
      renewal.clear,
      connection.onStatus(({ previous, current }) => {
        if (current === previous) return
        if (current === 'connected') renewAll()
        else forgetIfEnded()
      }),
    ]
  }

  function end(): void {
    ends?.forEach(stop => stop())
    ends = null
    due.clear()
  }

  function add(tag: string): Entry {
    const entry: Entry = { state: shallowRef({ isWatched: false, error: null }), watchers: 0, isRefused: false }
    tags.set(tag, entry)
    due.add(tag)
    if (!ends) begin()
    schedule()
    return entry
  }

  function release(tag: string, entry: Entry): void {
    if (--entry.watchers) return
    tags.delete(tag)
    due.delete(tag)
    if (!tags.size) end()
  }

  return {
    watch(tag) {
      const entry = tags.get(tag) ?? add(tag)
      entry.watchers++
      return { state: entry.state, release: () => release(tag, entry) }
    },
    dispose: end,
  }
}

/** An answer `{ tag: boolean }`; PHP sends an empty one as a list. */
function toRecord(answer: unknown): Partial<Record<string, unknown>> {
  return Object.assign(Object.create(null), answer)
}

const watchRefused = (tags: readonly string[]): PullError => new PullError({
  code: 'WATCH_REFUSED',
  message: tags.length === 1 ? `The portal does not watch the tag '${tags[0]}'.` : `The portal does not watch ${tags.length} tags, among them '${tags[0]}'.`,
  why: 'A watch can be renewed, not begun: code on the portal\'s own server has to have subscribed this user to the tag (CPullWatch::Add). Otherwise, or once it has lapsed, the portal answers false.',
  fix: 'Check the tag\'s spelling and that the server code runs first. In the cloud there is no such code of your own: send events by usePullSend() or sendPullEvent() instead.',
})

const watchUnanswered = (tag: string): PullError => new PullError({
  code: 'WATCH_UNANSWERED',
  message: `The portal did not say whether it watches the tag '${tag}'.`,
  why: 'Its answer to pull.watch.extend does not name the tag.',
  fix: 'Nothing: it is asked again in 29 minutes and after the next reconnect.',
})

import type { InjectionKey, Ref, ShallowRef } from 'vue'
import type { ConnectionView, FrameSays, ListenerView, MessageDetails, PageAsks, TrafficView } from '../../../../runtime/app/inspect/views'
import type { PortalClient } from '../state/portal'
import { HELLO } from '../../../../runtime/app/inspect/views'
import { onScopeDispose, provide, ref, shallowRef, watch } from 'vue'
import { injectOwn } from '../shared/inject-own'
import { keyOf } from './describe'

/** Rows that are kept. */
const KEPT = 2_000
/** Rest of this page after it has drawn news, as a multiple of what that took: with more to draw it asks less often. */
const REST = 4
/** ms of the longest rest: a page in the background draws nothing, for hours. */
const LONGEST = 2_000

/** What an app in a frame tells of itself, while somebody looks. */
export interface AppLink {
  /** Frames whose app is a development build with this module. */
  readonly frames: Readonly<ShallowRef<ReadonlySet<string>>>
  /** Of the frame that is looked at, oldest first. */
  readonly traffic: Readonly<ShallowRef<readonly TrafficView[]>>
  readonly listeners: Readonly<ShallowRef<readonly ListenerView[]>>
  /** Where its connection stands. */
  readonly step: Readonly<ShallowRef<ConnectionView | null>>
  /** Messages that came too fast to be shown. */
  readonly skipped: Readonly<Ref<number>>
  readonly details: Readonly<ShallowRef<MessageDetails | null>>
  readonly explanation: Readonly<Ref<string>>
  /** Id on the wire of a message that the log wants shown here. */
  readonly wantedMessage: Ref<string | undefined>
  /** Id of an entry of the log that is wanted there. */
  readonly wantedEntry: Ref<number | undefined>
  /** A frame has said that it is there. */
  greet: (frameId: string, source: MessageEventSource, origin: string) => void
  /** Looks at a frame; `null` = at none. */
  look: (frameId: string | null) => void
  ask: (asks: PageAsks) => void
}

const key: InjectionKey<AppLink> = Symbol('app-link')

export function provideAppLink({ state }: Pick<PortalClient, 'state'>): AppLink {
  const known = new Map<string, { source: MessageEventSource, origin: string }>()
  const frames = shallowRef<ReadonlySet<string>>(new Set())
  const traffic = shallowRef<readonly TrafficView[]>([])
  const listeners = shallowRef<readonly ListenerView[]>([])
  const step = shallowRef<ConnectionView | null>(null)
  const skipped = ref(0)
  const details = shallowRef<MessageDetails | null>(null)
  const explanation = ref('')
  let port: MessagePort | null = null
  let wanted: string | null = null

  function hangUp() {
    port?.postMessage({ kind: 'bye' } satisfies PageAsks)
    port?.close()
    port = null
    traffic.value = []
    listeners.value = []
    step.value = null
    skipped.value = 0
    details.value = null
    explanation.value = ''
  }

  function call() {
    hangUp()
    const frame = wanted === null ? undefined : known.get(wanted)
    if (!frame) return
    const channel = new MessageChannel()
    port = channel.port1
    port.onmessage = ({ data }: MessageEvent<FrameSays>) => hear(data)
    frame.source.postMessage({ type: HELLO, version: 1 }, { targetOrigin: frame.origin, transfer: [channel.port2] })
  }

  function hear(says: FrameSays) {
    if (says.kind === 'details') details.value = says.details
    else if (says.kind === 'explanation') explanation.value = says.text
    else takeNews(says)
  }

  function takeNews(news: Extract<FrameSays, { kind: 'news' }>) {
    askForMore()
    // What has an answer or an end now is told anew.
    const told = new Map(news.traffic.map(view => [keyOf(view), view]))
    const kept = news.isFirst
      ? []
      : traffic.value.map((view) => {
          const key = keyOf(view)
          const again = told.get(key)
          told.delete(key)
          return again ?? view
        })
    traffic.value = [...kept, ...told.values()].slice(-KEPT)
    if (news.listeners.length || news.gone.length) {
      const byId = new Map((news.isFirst ? [] : listeners.value).map(view => [view.id, view]))
      for (const view of news.listeners) byId.set(view.id, view)
      for (const id of news.gone) byId.delete(id)
      listeners.value = [...byId.values()].slice(-KEPT)
    }
    step.value = news.traffic.findLast(view => view.kind === 'connection' && view.what !== 'gap') as ConnectionView | undefined ?? step.value
    skipped.value += news.skipped
  }

  /** Once this page has drawn what came, and has left the machine to the app for a multiple of the time which that took. */
  function askForMore() {
    const from = performance.now()
    const of = port
    requestAnimationFrame(() => setTimeout(() => {
      const spent = performance.now() - from
      setTimeout(() => of?.postMessage({ kind: 'next' } satisfies PageAsks), Math.min(spent * REST, LONGEST))
    }))
  }

  const link: AppLink = {
    frames, traffic, listeners, step, skipped, details, explanation,
    wantedMessage: ref(),
    wantedEntry: ref(),
    greet(frameId, source, origin) {
      known.set(frameId, { source, origin })
      frames.value = new Set(known.keys())
      if (frameId === wanted) call()
    },
    look(frameId) {
      if (frameId === wanted) return
      wanted = frameId
      call()
    },
    ask: asks => port?.postMessage(asks),
  }
  // A frame that was closed has nobody to talk to, and its window would be kept.
  watch(() => state.value.frames.map(({ id }) => id), (open) => {
    for (const id of [...known.keys()].filter(id => !open.includes(id))) {
      known.delete(id)
      if (id === wanted) hangUp()
    }
    if (known.size < frames.value.size) frames.value = new Set(known.keys())
  })
  onScopeDispose(hangUp)
  provide(key, link)
  return link
}

export const useAppLink = (): AppLink => injectOwn(key, 'useAppLink')

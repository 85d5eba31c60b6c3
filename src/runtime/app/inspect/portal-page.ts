import { isPortalFrame } from '../frame/is-portal-frame'
import type { CreatedInspector } from './create-inspector'
import { explain } from './explain'
import { toConnectionView, toDetails, toListenerView, toMessageView, toSentView } from './to-view'
import type { InspectorChange, ListenerRecord, MessageRecord } from './types'
import type { FrameSays, Hello, ListenerView, PageAsks, TrafficView } from './views'
import { HELLO, isHello } from './views'

/** ms between two tellings. */
const PAUSE = 100
/** Rows in one of them, and ms that may be spent on messages; what comes faster is only counted. */
const MOST = 300
const BUDGET = 5
/** Messages that are told again in one of them. */
const STALE = 20

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/

/**
 * Lets the page of a dev portal look into this app: it says that it is here, and whoever answers with a port is told all that goes by.
 * Only a page on loopback is spoken to, and only the one in whose frame this is.
 *
 * @param inspector of this app
 * @param others of other apps on this page
 * @returns ends it
 */
export function tellPortalPage(inspector: CreatedInspector, others: () => CreatedInspector[]): () => void {
  const origin = pageOrigin()
  if (!origin) return () => {}
  let hangUp = () => {}

  function onMessage(event: MessageEvent): void {
    const [port] = event.ports
    if (event.source !== window.parent || event.origin !== origin || !isHello(event.data) || !port) return
    hangUp()
    hangUp = talk(port, inspector, others)
  }

  window.addEventListener('message', onMessage)
  window.parent.postMessage({ type: HELLO, version: 1 } satisfies Hello, origin)
  return () => {
    window.removeEventListener('message', onMessage)
    hangUp()
  }
}

/** Of the portal's page, where that is on this machine: the frame's name has it. */
function pageOrigin(): string | null {
  if (!isPortalFrame()) return null
  const [domain = '', protocol] = window.name.split('|')
  return LOOPBACK.test(domain) ? `${protocol === '1' ? 'https' : 'http'}://${domain}` : null
}

/** Tells who is at the other end of a port all that goes by, until it is ended. */
export function talk(port: MessagePort, inspector: CreatedInspector, others: () => CreatedInspector[]): () => void {
  let messages: MessageRecord[] = inspector.messages as MessageRecord[]
  let rest: TrafficView[] = [...inspector.sent.map(toSentView), ...inspector.connection.map(toConnectionView)]
  /** Who has changed since. */
  let changed = new WeakSet<ListenerRecord>()
  /** How often each had heard, as it was told. */
  const told = new Map<number, number>()
  /** Number of the last message that was told, and those told before of which something else is true now. */
  let last = 0
  const stale = new Set<number>()
  let skipped = 0
  let isFirst = true
  let isAwaited = true
  let timer: ReturnType<typeof setTimeout> | undefined

  const say = (says: FrameSays) => port.postMessage(says)

  function flush(): void {
    timer = undefined
    // A page that is busy with the last news gets the next when it asks.
    if (!isAwaited) return
    const traffic = [...messageNews(), ...rest].sort((a, b) => a.at - b.at)
    const { views, gone } = listenerNews()
    if (!isFirst && !traffic.length && !views.length && !gone.length && !skipped) return
    isAwaited = false
    say({ kind: 'news', isFirst, traffic, listeners: views, gone, skipped })
    isFirst = false
    skipped = 0
    messages = []
    rest = []
  }

  function messageNews(): TrafficView[] {
    const from = performance.now()
    const again = stale.size ? inspector.messages.filter(({ seq }) => stale.has(seq)) : []
    const views = again.map(record => toMessageView(inspector, record))
    for (const [i, record] of messages.entries()) {
      // The app comes first: it has a frame to draw, too.
      if (!isFirst && performance.now() - from > BUDGET) {
        skipped += messages.length - i
        break
      }
      views.push(toMessageView(inspector, record))
    }
    last = messages.at(-1)?.seq ?? last
    stale.clear()
    return views
  }

  /** Those who are new, have changed, or have heard something since; and who is forgotten. */
  function listenerNews(): { views: ListenerView[], gone: number[] } {
    const { listeners } = inspector
    const views: ListenerView[] = []
    for (const record of listeners) {
      if (!changed.has(record) && told.get(record.id) === record.heard) continue
      told.set(record.id, record.heard)
      views.push(toListenerView(record))
    }
    changed = new WeakSet()
    const known = new Set(listeners.map(({ id }) => id))
    const gone = [...told.keys()].filter(id => !known.has(id))
    for (const id of gone) told.delete(id)
    return { views, gone }
  }

  function onChange(change: InspectorChange): void {
    if (change.kind === 'message') {
      if (messages.length < MOST) messages.push(change.record)
      else skipped++
    }
    else if (change.kind === 'sent') {
      // A page in the background does not ask for the next news.
      rest = [...rest.filter(view => view.kind !== 'sent' || view.id !== change.record.id), toSentView(change.record)].slice(-MOST)
    }
    else if (change.kind === 'connection') rest = [...rest, toConnectionView(change.record)].slice(-MOST)
    else if (change.kind === 'listener') changed.add(change.record)
    else if (change.kind === 'verdict' && change.seq <= last && stale.size < STALE) stale.add(change.seq)
    timer ??= setTimeout(flush, PAUSE)
  }

  const end = inspector.watch(onChange)

  function hangUp(): void {
    clearTimeout(timer)
    end()
    port.close()
  }

  port.onmessage = ({ data }: MessageEvent<PageAsks>) => {
    switch (data.kind) {
      case 'next':
        isAwaited = true
        timer ??= setTimeout(flush, PAUSE)
        return
      case 'details': {
        const record = inspector.messages.find(({ seq }) => seq === data.seq)
        return say({ kind: 'details', details: record ? toDetails(inspector, record) : null })
      }
      case 'explain':
        return say({ kind: 'explanation', text: explain({ inspector, others: others(), module: data.module, command: data.command }) })
      case 'bye':
        return hangUp()
    }
  }
  flush()
  return hangUp
}

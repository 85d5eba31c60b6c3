import { isPortalFrame } from '../frame/is-portal-frame'
import type { CreatedInspector } from './create-inspector'
import { explain } from './explain'
import { toConnectionView, toDetails, toListenerView, toMessageView, toSentView } from './to-view'
import type { InspectorChange, ListenerRecord } from './types'
import type { FrameSays, Hello, ListenerView, MessageView, PageAsks, TrafficView } from './views'
import { HELLO, isHello } from './views'

/** ms between two tellings. */
const PAUSE = 100
/** Sent commands and steps of the connection in one of them; of messages, all that the inspector remembers by then. */
const MOST = 300

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
  let rest: TrafficView[] = [...inspector.sent.map(toSentView), ...inspector.connection.map(toConnectionView)]
  /** Who has changed since. */
  let changed = new WeakSet<ListenerRecord>()
  /** How often each had heard, as it was told. */
  const told = new Map<number, number>()
  /** Number of the last message that was told, and those told before of which something else is true now. */
  let last = 0
  const stale = new Set<number>()
  let isFirst = true
  let isAwaited = true
  let timer: ReturnType<typeof setTimeout> | undefined

  const say = (says: FrameSays) => port.postMessage(says)

  function flush(): void {
    timer = undefined
    // A page that is busy with the last news gets the next when it asks.
    if (!isAwaited) return
    const { messages, skipped } = messageNews()
    const traffic = [...messages, ...rest].sort((a, b) => a.at - b.at)
    const { views, gone } = listenerNews()
    if (!isFirst && !traffic.length && !views.length && !gone.length) return
    isAwaited = false
    say({ kind: 'news', isFirst, traffic, listeners: views, gone, skipped })
    isFirst = false
    rest = []
  }

  /** How many are skipped depends on how many came, and not on how fast this machine is. */
  function messageNews(): { messages: MessageView[], skipped: number } {
    const known = inspector.messages
    const messages = known.filter(({ seq }) => seq > last || stale.has(seq)).map(record => toMessageView(inspector, record))
    const skipped = isFirst || !known[0] ? 0 : Math.max(0, known[0].seq - last - 1)
    last = known.at(-1)?.seq ?? last
    stale.clear()
    return { messages, skipped }
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
    if (change.kind === 'sent') {
      // A page in the background does not ask for the next news.
      rest = [...rest.filter(view => view.kind !== 'sent' || view.id !== change.record.id), toSentView(change.record)].slice(-MOST)
    }
    else if (change.kind === 'connection') rest = [...rest, toConnectionView(change.record)].slice(-MOST)
    else if (change.kind === 'listener') changed.add(change.record)
    else if (change.kind === 'verdict' && change.seq <= last) stale.add(change.seq)
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

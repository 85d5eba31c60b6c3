import { isPortalFrame } from '../frame/is-portal-frame'
import type { CreatedInspector } from './create-inspector'
import { explain } from './explain'
import { toConnectionView, toDetails, toListenerView, toMessageView, toSentView } from './to-view'
import type { InspectorChange, ListenerRecord, MessageRecord } from './types'
import type { FrameSays, Hello, ListenerView, PageAsks, TrafficView } from './views'
import { HELLO, isHello } from './views'

/** ms between two tellings. */
const PAUSE = 100
/** Messages in one of them; what comes faster is only counted. */
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

function talk(port: MessagePort, inspector: CreatedInspector, others: () => CreatedInspector[]): () => void {
  let messages: MessageRecord[] = inspector.messages as MessageRecord[]
  let rest: TrafficView[] = [...inspector.sent.map(toSentView), ...inspector.connection.map(toConnectionView)]
  const listeners = new Set<ListenerRecord>(inspector.listeners)
  const told = new Map<number, number>()
  let skipped = 0
  let isFirst = true
  let isAwaited = true
  let timer: ReturnType<typeof setTimeout> | undefined

  const say = (says: FrameSays) => port.postMessage(says)

  function flush(): void {
    timer = undefined
    // A page that is busy with the last news gets the next when it asks.
    if (!isAwaited) return
    const traffic = [...messages.map(record => toMessageView(inspector, record)), ...rest].sort((a, b) => a.at - b.at)
    const views = listenerNews()
    if (!isFirst && !traffic.length && !views.length && !skipped) return
    isAwaited = false
    say({ kind: 'news', isFirst, traffic, listeners: views, skipped })
    isFirst = false
    skipped = 0
    messages = []
    rest = []
  }

  /** Those who are new, have changed, or have heard something since. */
  function listenerNews(): ListenerView[] {
    const views: ListenerView[] = []
    for (const record of inspector.listeners) {
      if (!listeners.has(record) && told.get(record.id) === record.heard) continue
      told.set(record.id, record.heard)
      views.push(toListenerView(record))
    }
    listeners.clear()
    return views
  }

  function onChange(change: InspectorChange): void {
    if (change.kind === 'message') {
      if (messages.length < MOST) messages.push(change.record)
      else skipped++
    }
    else if (change.kind === 'sent') {
      rest = [...rest.filter(view => view.kind !== 'sent' || view.id !== change.record.id), toSentView(change.record)]
    }
    else if (change.kind === 'connection') rest.push(toConnectionView(change.record))
    else if (change.kind === 'listener') listeners.add(change.record)
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

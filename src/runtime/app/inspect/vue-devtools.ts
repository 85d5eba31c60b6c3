import { shallowRef, watch } from 'vue'
import type { App } from 'vue'
import type { CreatedInspector } from './create-inspector'
import { listenerNodes, messageNodes, sentNodes, useNodes, withWords } from './devtools-tree'
import { stateOf } from './devtools-state'
import { createTimeline } from './devtools-timeline'

/** Of our part of Vue DevTools, and of its timeline. */
const ID = 'nuxt-b24-pull'
const LABEL = 'Bitrix24 Pull'
const COLOR = 0x2FC6F6

/** ms between two refreshes of what is shown, and at least this multiple of what the last one took: DevTools may run on the app's own thread. */
const PAUSE = 250
const REST = 10
/** ms of the longest pause: a page in the background draws nothing, for hours. */
const LONGEST = 5_000

/** A part of Vue DevTools that shows an app's pull, and a layer of its timeline. Nothing is watched before DevTools are open. */
export async function showInVueDevTools(app: App, inspector: CreatedInspector): Promise<void> {
  // By the expression itself, which bundlers fold before they look for imports: the package would stay in a production build.
  if (process.env.NODE_ENV === 'production') return
  const { onDevToolsClientConnected, setupDevToolsPlugin } = await import('./devtools-api')
  let end = () => {}
  app.onUnmount(() => end())
  setupDevToolsPlugin({ id: ID, label: LABEL, packageName: ID, app }, (api) => {
    api.addInspector({ id: ID, label: LABEL, icon: 'bolt', treeFilterPlaceholder: 'Search components and commands' })
    api.addTimelineLayer({ id: ID, label: LABEL, color: COLOR })

    api.on.getInspectorTree((payload) => {
      if (payload.inspectorId !== ID) return
      const nodes = [
        { id: 'connection', label: 'Connection', tags: [{ label: inspector.pull?.status.value ?? 'idle', textColor: 0xFFFFFF, backgroundColor: inspector.pull?.isConnected.value ? 0x1B8A3F : 0xA65E00 }] },
        { id: 'listeners', label: 'Who listens', children: listenerNodes(inspector) },
        { id: 'uses', label: 'Services', children: useNodes(inspector) },
        { id: 'store', label: 'Store' },
        { id: 'messages', label: 'Messages', children: messageNodes(inspector) },
        { id: 'sent', label: 'Sent', children: sentNodes(inspector) },
      ]
      const words = payload.filter.toLowerCase()
      payload.rootNodes = words ? nodes.flatMap(node => withWords(node, words) ?? []) : nodes
    })

    api.on.getInspectorState((payload) => {
      if (payload.inspectorId === ID) payload.state = stateOf(inspector, payload.nodeId)
    })

    void onDevToolsClientConnected(() => {
      // They say so more than once.
      end()
      const timeline = createTimeline(event => api.addTimelineEvent({ layerId: ID, event }))
      const usesChanged = shallowRef(0)
      let timer: ReturnType<typeof setTimeout> | undefined
      let pause = PAUSE
      const show = () => {
        timer = undefined
        const from = performance.now()
        timeline.flush(inspector)
        api.sendInspectorTree(ID)
        api.sendInspectorState(ID)
        requestAnimationFrame(() => setTimeout(() => pause = Math.min(LONGEST, Math.max(PAUSE, (performance.now() - from) * REST))))
      }
      const refresh = () => {
        timer ??= setTimeout(show, pause)
      }
      const ends = [
        inspector.watch((change) => {
          timeline.add(inspector, change)
          if (change.kind === 'uses') usesChanged.value++
          refresh()
        }),
        watch(() => [usesChanged.value, ...inspector.uses.map(({ read }) => read())], refresh),
        () => clearTimeout(timer),
      ]
      end = () => ends.forEach(stop => stop())
    })
  })
}

import type { InjectionKey } from 'vue'
import type { AppLink } from '../app/app-link'
import type { PortalClient } from './portal'
import { isHello } from '../../../../runtime/app/inspect/views'
import { onScopeDispose, provide } from 'vue'
import { control } from '../control/client'
import { injectOwn } from '../shared/inject-own'

/** Passes commands of the app's frames to the engine, and its answers back: the parent page's part in the protocol. */
export interface Bridge {
  /** @returns ends it */
  attach: (frameId: string, iframe: HTMLIFrameElement) => () => void
}

const key: InjectionKey<Bridge> = Symbol('bridge')

export function provideBridge({ state, onAnswer }: PortalClient, onHello: AppLink['greet']): void {
  const iframes = new Map<string, HTMLIFrameElement>()
  const queues = new Map<string, Promise<void>>()

  function originOf(frameId: string): string | undefined {
    const frame = state.value.frames.find(({ id }) => id === frameId)
    return frame && new URL(frame.action).origin
  }

  function answer(frameId: string, message: string) {
    const origin = originOf(frameId)
    if (origin) iframes.get(frameId)?.contentWindow?.postMessage(message, origin)
  }

  async function forward(frameId: string, data: unknown) {
    // The banner tells when the engine is away; a real portal's silence looks the same to the app.
    const reply = await control.bridge({ frameId, data }).catch(() => null)
    if (reply?.answer != null) answer(frameId, reply.answer)
  }

  function listen(event: MessageEvent) {
    const frameId = [...iframes].find(([, iframe]) => iframe.contentWindow === event.source)?.[0]
    if (!frameId || event.origin !== originOf(frameId)) return
    if (isHello(event.data)) return onHello(frameId, event.source!, event.origin)
    // One after another per frame: two requests under way could overtake each other (`setTitle`, `setTitle`).
    const queue = (queues.get(frameId) ?? Promise.resolve()).then(() => forward(frameId, event.data))
    queues.set(frameId, queue)
  }

  window.addEventListener('message', listen)
  onScopeDispose(() => window.removeEventListener('message', listen))
  onAnswer(answer)

  provide(key, {
    attach(frameId, iframe) {
      iframes.set(frameId, iframe)
      return () => {
        if (iframes.get(frameId) !== iframe) return
        iframes.delete(frameId)
        queues.delete(frameId)
      }
    },
  })
}

export const useBridge = (): Bridge => injectOwn(key, 'useBridge')

import { once } from 'node:events'
import type { PullConfig } from './client'
import { decode } from './decode'

/** A message as a client gets it. */
export interface IncomingMessage {
  mid: string
  body: { module_id: string, command: string, params: unknown, extra: Record<string, unknown> }
  sender: { type: number, id?: string }
}

/** A WebSocket that remembers what came, so that nothing is lost between two awaits. */
export interface TestSocket {
  readonly frames: readonly (string | ArrayBuffer)[]
  /** Messages of generations 5 and 4, in order of arrival. */
  readonly messages: readonly IncomingMessage[]
  send: (text: string | Uint8Array<ArrayBuffer>) => void
  /** Resolves once the frames so far satisfy the condition. */
  until: (condition: (socket: TestSocket) => boolean) => Promise<void>
  /** Calls a JSON-RPC method and answers what came back. */
  call: (method: string, params?: object) => Promise<{ result?: unknown, error?: { code: number, message: string } }>
  closed: () => Promise<{ code: number, reason: string }>
  close: () => void
}

/** The address a client of this config connects to. */
export function socketUrl(config: PullConfig, extra: Record<string, string> = {}): string {
  const { version } = config.server
  const params = new URLSearchParams({
    ...(config.jwt ? { token: config.jwt } : { CHANNEL_ID: `${config.channels.private.id}/${config.channels.shared.id}` }),
    ...(version >= 5 ? { jsonRpc: 'true' } : version === 4 ? { binaryMode: 'true' } : {}),
    ...(config.clientId ? { clientId: config.clientId } : {}),
    revision: '19',
    ...extra,
  })
  return `${config.server.websocket}?${params}`
}

/** Opens a socket and waits until it is open, or has failed. */
export async function openSocket(url: string): Promise<TestSocket> {
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  const frames: (string | ArrayBuffer)[] = []
  const waiting = new Set<() => void>()
  const closed = Promise.withResolvers<{ code: number, reason: string }>()
  let callId = 0

  socket.addEventListener('message', ({ data }) => {
    frames.push(data as string | ArrayBuffer)
    for (const check of [...waiting]) check()
  })
  socket.addEventListener('close', ({ code, reason }) => closed.resolve({ code, reason }))

  const json = () => frames.flatMap(frame => (typeof frame === 'string' && /^[[{]/.test(frame) ? [JSON.parse(frame)].flat() : []))
  const self: TestSocket = {
    frames,
    get messages() {
      return [
        ...json().filter(frame => frame.method === 'incoming.message').map(frame => frame.params),
        ...frames.flatMap(frame => (typeof frame === 'string' ? [] : decode(4, [frame]).map(({ mid, senderType, body }) => ({ mid, body, sender: { type: senderType } })))),
      ]
    },
    send: text => socket.send(text),
    until: condition => new Promise((resolve) => {
      const check = () => {
        if (!condition(self)) return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
    }),
    async call(method, params = {}) {
      const id = ++callId
      socket.send(JSON.stringify({ jsonrpc: '2.0', method, params, id }))
      const find = () => json().find(frame => frame.id === id && !frame.method)
      await self.until(() => find() !== undefined)
      return find()
    },
    closed: () => closed.promise,
    close: () => socket.close(),
  }
  await Promise.race([once(socket, 'open'), once(socket, 'error')])
  return self
}

/** What `pull.application.config.get` answers, as far as publishing needs it. */
export interface PushConfig {
  server: { version: number, websocket_secure: string }
  jwt?: string
  clientId?: string
}

export interface PublishedBody {
  module_id: string
  command: string
  params: Record<string, unknown>
}

/**
 * Publishes over a connection of its own, which ends with the answer. An app needs none of this: it shows what a client
 * other than this module may do.
 *
 * @throws Error where the push server is older than version 5, is away, or refuses
 */
export function publishDirectly({ server, jwt, clientId }: PushConfig, userList: number[], body: PublishedBody): Promise<void> {
  if (server.version < 5 || !jwt) throw new Error(`This page publishes to push servers of version 5; this one has version ${server.version}.`)
  const query = new URLSearchParams({ token: jwt, jsonRpc: 'true', ...(clientId ? { clientId } : {}) })
  const socket = new WebSocket(`${server.websocket_secure}?${query}`)
  const call = { jsonrpc: '2.0', id: 1, method: 'publish', params: { userList, body } }
  const answered = new Promise<void>((resolve, reject) => {
    socket.onopen = () => socket.send(JSON.stringify(call))
    socket.onclose = () => reject(new Error('The push server closed the connection.'))
    socket.onmessage = ({ data }) => {
      // Messages and pings arrive here, too. A message has an id of its own, and a method.
      const { id, method, error } = readAnswer(data)
      if (id !== call.id || method) return
      if (error) reject(new Error(error.message))
      else resolve()
    }
  })
  return answered.finally(() => socket.close())
}

function readAnswer(data: unknown): { id?: unknown, method?: string, error?: { message: string } } {
  return typeof data === 'string' && data.startsWith('{') ? JSON.parse(data) : {}
}

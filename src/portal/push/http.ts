import type { ServerRequest } from 'srvx'
import type { Door } from './door'
import { PUSH_PATHS } from './door'
import { freezable } from './freezable'
import { refusedPoll, wrongChannel } from './poll-refusal'
import type { Poll, PollSession } from './poll-session'
import { createPollSession } from './poll-session'
import type { Push } from './push'
import type { PushConnection } from './types'
import { CLOSE } from './types'

/** A client that polls has gone when it does not ask again for so long. */
const LINGER_MS = 5_000

/** The push server's doors over HTTP: long polling, and what its clients have to say. */
export interface PushHttp {
  handle: (request: ServerRequest) => Promise<Response>
  dispose: () => void
}

/** Long polling over the hub; a poll is a connection like a socket, only one that asks again and again. */
export function createPushHttp(push: Push): PushHttp {
  const sessions = new Set<PollSession>()
  const timers = new Map<PollSession, NodeJS.Timeout>()

  function end(session: PollSession): void {
    clearTimeout(timers.get(session))
    timers.delete(session)
    if (!sessions.delete(session)) return
    push.hub.leave(session.connection)
    push.onClosed(session.connection, 1000)
  }

  function after(session: PollSession, ms: number, task: () => void): void {
    clearTimeout(timers.get(session))
    const timer = setTimeout(task, ms)
    timer.unref()
    timers.set(session, timer)
  }

  /** The session that this request goes on with: nobody waits in it, and it stopped where the client stands. */
  function sessionFor({ userId, frameId, mid }: Extract<ReturnType<Door['enter']>, { kind: 'welcome' }>): PollSession {
    for (const session of sessions) {
      const { connection } = session
      if (!session.isWaiting && connection.userId === userId && connection.frameId === frameId && session.position === mid && connection.version === push.server().version) return session
    }
    const session: PollSession = createPollSession({ userId, frameId, version: push.server().version, mid, tap: push.tap, onEnd: () => end(session) })
    sessions.add(session)
    push.hub.join(session.connection, mid)
    push.onOpened(session.connection, mid)
    return session
  }

  function poll(request: ServerRequest, url: URL): Promise<Response> {
    const entry = push.door.enter(url)
    if (entry.kind !== 'welcome') {
      push.onRefused(entry.kind === 'refused' ? entry.reason : 'Wrong channel id.')
      return Promise.resolve(entry.kind === 'refused' ? new Response(entry.reason, { status: entry.status }) : wrongChannel(push.server().version, url.searchParams.get('CHANNEL_ID')))
    }
    const session = sessionFor(entry)
    return new Promise((resolve) => {
      const linger = () => after(session, LINGER_MS, () => end(session))
      const poll: Poll = {
        answer(response) {
          if (sessions.has(session)) linger()
          resolve(response)
        },
        cut() {
          // Not by closing the socket: a browser silently sends a GET again whose reused socket was closed on it.
          resolve(new Response('The connection was cut.', { status: 503 }))
        },
      }
      session.wait(poll)
      if (!sessions.has(session)) return
      after(session, push.pollTimeout, () => session.answerEmpty(session.position ?? push.cursor()))
      request.signal.addEventListener('abort', () => {
        session.hangUp(poll)
        if (sessions.has(session) && !session.isWaiting) linger()
      })
    })
  }

  async function publish(request: Request, url: URL): Promise<Response> {
    const userId = push.door.identify(url)
    if (userId === null) return refusedPoll(CLOSE.noPublicChannel, 'Public Channel Id is Required.')
    if (request.method !== 'POST') return new Response('Publishing is a POST.', { status: 405, headers: { allow: 'POST' } })
    const bytes = new Uint8Array(await request.arrayBuffer())
    const polling = [...sessions].map(({ connection }) => connection).filter(connection => connection.userId === userId)
    const speaker = speakerFor(userId, polling)
    push.tap.saw(speaker, 'in', bytes)
    push.onClientData(speaker, push.server().version === 4 && !isAcknowledgement(bytes) ? bytes : new TextDecoder().decode(bytes))
    return new Response(null, { status: 200 })
  }

  /** A post does not say which poll it belongs to: answers go to all polls of the user. */
  function speakerFor(userId: number, polling: readonly PushConnection[]): PushConnection {
    const newest = polling.at(-1)
    return freezable({
      id: newest?.id ?? 'poll-none',
      userId,
      frameId: newest?.frameId ?? null,
      transport: 'long-polling',
      version: push.server().version,
      connectedAt: newest?.connectedAt ?? Date.now(),
      lastMessageId: null,
      deliver() {},
      sendRaw(frame) {
        for (const connection of polling) connection.sendRaw(frame)
      },
      close() {},
      terminate() {},
    })
  }

  return {
    async handle(request) {
      const url = new URL(request.url)
      if (url.pathname === PUSH_PATHS.polling) return poll(request, url)
      if (url.pathname === PUSH_PATHS.publish) return publish(request, url)
      return new Response(`The push server listens at ${Object.values(PUSH_PATHS).join(', ')}.`, { status: 404 })
    },
    dispose() {
      for (const session of [...sessions]) session.connection.close(1001, 'The portal is closing.')
    },
  }
}

function isAcknowledgement(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 5)) === 'mack:'
}

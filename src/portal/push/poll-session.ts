import type { ServerVersion } from '../types'
import { randomHex } from '../security/random'
import type { Frame } from './codec/codec'
import { codecOf } from './codec/codec-of'
import { freezable } from './freezable'
import { refusedPoll } from './poll-refusal'
import type { Tap } from './tap'
import type { PushConnection, PushMessage } from './types'

/** One waiting request: how to answer it, and how to cut it off. */
export interface Poll {
  answer: (response: Response) => void
  cut: () => void
}

/** A client that polls: between two of its requests, what comes is kept for the next. */
export interface PollSession {
  readonly connection: PushConnection
  readonly isWaiting: boolean
  /** Takes the client's next request. */
  wait: (poll: Poll) => void
  /** Id of the last message that was answered with: where the client stands, unless an answer got lost. */
  readonly position: string | null
  /** This request is gone without an answer. */
  hangUp: (poll: Poll) => void
  /** Ends the waiting request with 304. */
  answerEmpty: (lastMessageId: string) => void
}

export interface PollSessionDeps {
  userId: number
  frameId: string | null
  version: ServerVersion
  mid: string | null
  tap: Tap
  /** The client is not wanted any more. */
  onEnd: () => void
}

/** A new session; the first request comes with `wait`. All that comes between two requests is kept: who keeps the session ends it soon where none follows. */
export function createPollSession({ userId, frameId, version, mid, tap, onEnd }: PollSessionDeps): PollSession {
  let waiting: Poll | null = null
  let queue: (PushMessage | Frame)[] = []
  let isScheduled = false
  let isCut = false
  let position = mid

  function enqueue(items: readonly (PushMessage | Frame)[]): void {
    for (const item of items) queue.push(item)
    schedule()
  }

  /** Answers after the current turn, so that what is sent together arrives together. */
  function schedule(): void {
    if (isScheduled || !waiting || queue.length === 0) return
    isScheduled = true
    setImmediate(() => {
      isScheduled = false
      flush()
    })
  }

  function flush(): void {
    const [first] = queue
    if (!waiting || first === undefined) return
    const codec = codecOf(version)
    const raw = isFrame(first) ? first : null
    const messages = raw === null ? leadingMessages(queue) : []
    queue = queue.slice(Math.max(messages.length, 1))
    position = messages.at(-1)?.id ?? position
    const body = raw ?? codec.body(messages)
    tap.saw(connection, 'out', body)
    reply(new Response(body, { headers: { 'content-type': codec.contentType, 'cache-control': 'no-store' } }))
  }

  function reply(response: Response): void {
    const poll = waiting
    waiting = null
    poll?.answer(response)
  }

  const connection: PushConnection = freezable({
    id: `poll-${randomHex(6)}`,
    userId,
    frameId,
    transport: 'long-polling',
    version,
    connectedAt: Date.now(),
    lastMessageId: null,
    deliver: enqueue,
    sendRaw: frame => enqueue([frame]),
    close(code, reason) {
      // The codes below 4000 are for sockets; a poll that ends for such a reason has no status of its own.
      reply(code < 4_000 ? new Response(reason, { status: 503 }) : refusedPoll(code, reason))
      onEnd()
    },
    terminate() {
      // Between two requests there is nothing to cut yet: the client feels it in the next one.
      if (!waiting) {
        isCut = true
        return
      }
      waiting.cut()
      waiting = null
      onEnd()
    },
  })

  return {
    connection,
    get position() {
      return position
    },
    get isWaiting() {
      return waiting !== null
    },
    wait(poll) {
      if (isCut) {
        poll.cut()
        onEnd()
        return
      }
      waiting = poll
      schedule()
    },
    hangUp(poll) {
      if (waiting === poll) waiting = null
    },
    answerEmpty(lastMessageId) {
      position = lastMessageId
      connection.lastMessageId = lastMessageId
      // The client takes this date for the sign of a real answer.
      reply(new Response(null, { status: 304, headers: { 'expires': 'Thu, 01 Jan 1973 11:11:01 GMT', 'last-message-id': lastMessageId } }))
    },
  }
}

function isFrame(item: PushMessage | Frame): item is Frame {
  return typeof item === 'string' || item instanceof Uint8Array
}

function leadingMessages(items: readonly (PushMessage | Frame)[]): PushMessage[] {
  const messages: PushMessage[] = []
  for (const item of items) {
    if (isFrame(item)) break
    messages.push(item)
  }
  return messages
}

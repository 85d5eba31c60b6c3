import { isRecord } from '../../../utils/is-record'
import { readBatch } from './read-batch'

/** One thing that a frame of the push server carries. */
export type FramePart
  /** A message's body as the wire had it, with what the frame says of its sender. */
  = | { id: string | null, body: unknown, tag?: string, time?: string }
    /** An answer to a call of ours, as JSON: the SDK's to handle. */
    | { answer: string }
    /** What is wrong with this part; never with anything of its content, which may hold secrets. */
    | { unreadable: string }

/** Ids come from outside and are kept and sent back: longer ones count as none. */
const MAX_ID_LENGTH = 256

/**
 * Takes a frame apart, whatever is in it: what cannot be read costs nothing but itself. Pure, never throws.
 *
 * The SDK's own reading loses the rest of a batch with one bad message, throws, and forgets where to go on.
 *
 * @param frame text or bytes, as the socket or the poll gave it
 * @param version of the push server
 */
export function readFrame(frame: unknown, version: number): FramePart[] {
  if (version >= 5) return typeof frame === 'string' ? readJsonRpc(frame) : [{ unreadable: 'it is binary, where text was due' }]
  if (frame instanceof ArrayBuffer) return readProtobuf(frame)
  return typeof frame === 'string' ? readText(frame) : [{ unreadable: 'it is neither text nor binary' }]
}

/** An id that can be kept and asked for again, or `null`. */
export function readId(id: unknown): string | null {
  if (typeof id === 'number') return Number.isFinite(id) ? String(id) : null
  return typeof id === 'string' && id && id.length <= MAX_ID_LENGTH ? id : null
}

/** Version 5: JSON-RPC, one packet or a list of them. */
function readJsonRpc(frame: string): FramePart[] {
  const packets = parse(frame)
  if (packets === undefined) return [notJson]
  return Array.isArray(packets) ? packets.map(packet => readPacket(packet)) : [readPacket(packets, frame)]
}

/** `text` is the packet as it came, where it came alone. */
function readPacket(packet: unknown, text?: string): FramePart {
  if (!isRecord(packet)) return { unreadable: 'it is no JSON-RPC' }
  if (packet.method === 'incoming.message') {
    const params = isRecord(packet.params) ? packet.params : {}
    return { id: readId(params.mid), body: withAdditions(withSender(params.body, params.sender), params) }
  }
  if ('method' in packet) return { unreadable: 'it calls an unknown method' }
  if (!('id' in packet) || !('result' in packet || 'error' in packet)) return { unreadable: 'it is no JSON-RPC' }
  const answer = text ?? toJson(packet)
  return answer === undefined ? { unreadable: 'an answer in it is nested too deeply' } : { answer }
}

/** What the server adds for this user is part of the params. */
function withAdditions(body: unknown, { user_params: own, dictionary }: Record<string, unknown>): unknown {
  if (!isRecord(body) || (!isRecord(own) && !isRecord(dictionary))) return body
  const params = typeof body.params === 'object' ? body.params : {}
  return { ...body, params: { ...params, ...isRecord(own) && own, ...isRecord(dictionary) && dictionary } }
}

/** Version 4: protobuf; the bodies in it are JSON. */
function readProtobuf(frame: ArrayBuffer): FramePart[] {
  return readBatch(new Uint8Array(frame)).map((message) => {
    if (!message) return { unreadable: 'its bytes are no batch of messages' }
    const body = parse(message.body)
    return body === undefined ? notJson : { id: readId(message.id), body: withSender(body, { type: message.senderType }) }
  })
}

const START = '#!NGINXNMS!#'
const END = '#!NGINXNME!#'

/** Version 3: JSON between marks, several in one frame. */
function readText(frame: string): FramePart[] {
  const parts: FramePart[] = []
  let from = frame.indexOf(START)
  while (from >= 0) {
    const to = frame.indexOf(END, from)
    if (to < 0) {
      parts.push({ unreadable: 'its end is missing' })
      break
    }
    parts.push(...readMarked(frame.slice(from + START.length, to)))
    from = frame.indexOf(START, to)
  }
  return parts.length ? parts : [{ unreadable: 'it holds no message' }]
}

function readMarked(text: string): FramePart[] {
  const event = parse(text)
  if (event === undefined) {
    // A message whose end is missing must not take the next one with it.
    const next = text.lastIndexOf(START)
    return next < 0 ? [notJson] : [notJson, ...readMarked(text.slice(next + START.length))]
  }
  if (!isRecord(event)) return [{ unreadable: 'a message in it is no object' }]
  return [{ id: readId(event.mid), body: event.text, tag: readId(event.tag) ?? undefined, time: readId(event.time) ?? undefined }]
}

const notJson: FramePart = { unreadable: 'it is no JSON' }

function withSender(body: unknown, sender: unknown): unknown {
  return isRecord(body) ? { ...body, extra: { ...isRecord(body.extra) && body.extra, sender } } : body
}

/** `undefined` for what is no JSON. The engine's own error is left aside: it quotes the text. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  }
  catch {
    return undefined
  }
}

/** `undefined` for what the engine's recursion cannot reach the bottom of, although it could read it. */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  }
  catch {
    return undefined
  }
}

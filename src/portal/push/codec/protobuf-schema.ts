import { PbfReader, PbfWriter } from 'pbf'

/**
 * The part of generation 4's schema that travels between server and client. Numbers in the code are field numbers:
 *
 * ```proto
 * message ResponseBatch { repeated Response responses = 1; }
 * message Response { OutgoingMessages outgoingMessages = 1; }
 * message OutgoingMessages { repeated OutgoingMessage messages = 1; }
 * message OutgoingMessage { bytes id = 1; string body = 2; uint32 expiry = 3; fixed32 created = 4; Sender sender = 5; }
 * message Sender { SenderType type = 1; bytes id = 2; }
 *
 * message RequestBatch { repeated Request requests = 1; }
 * message Request { IncomingMessages incomingMessages = 1; }
 * message IncomingMessages { repeated IncomingMessage messages = 1; }
 * message IncomingMessage { repeated Receiver receivers = 1; Sender sender = 2; string body = 3; uint32 expiry = 4; }
 * message Receiver { bytes id = 1; bool isPrivate = 2; bytes signature = 3; }
 * ```
 */
export interface OutgoingMessage {
  id: Uint8Array
  body: string
  expiry: number
  /** Unix seconds. */
  created: number
  sender: { type: number, id: Uint8Array | null }
}

export interface IncomingMessage {
  receivers: { id: Uint8Array, signature: Uint8Array }[]
  body: string
  expiry: number
}

/** Writes a `ResponseBatch` with one response. */
export function encodeResponseBatch(messages: readonly OutgoingMessage[]): Uint8Array<ArrayBuffer> {
  const pbf = new PbfWriter()
  pbf.writeMessage(1, writeResponse, messages)
  return new Uint8Array(pbf.finish())
}

function writeResponse(messages: readonly OutgoingMessage[], pbf: PbfWriter): void {
  pbf.writeMessage(1, (all: readonly OutgoingMessage[], inner: PbfWriter) => {
    for (const message of all) inner.writeMessage(1, writeOutgoing, message)
  }, messages)
}

function writeOutgoing({ id, body, expiry, created, sender }: OutgoingMessage, pbf: PbfWriter): void {
  pbf.writeBytesField(1, id)
  pbf.writeStringField(2, body)
  pbf.writeVarintField(3, expiry)
  pbf.writeFixed32Field(4, created)
  pbf.writeMessage(5, (from: OutgoingMessage['sender'], inner: PbfWriter) => {
    inner.writeVarintField(1, from.type)
    if (from.id) inner.writeBytesField(2, from.id)
  }, sender)
}

/**
 * Reads a `RequestBatch`.
 *
 * @throws Error when the bytes are none
 */
export function decodeRequestBatch(bytes: Uint8Array): IncomingMessage[] {
  const messages: IncomingMessage[] = []
  new PbfReader(bytes).readFields((tag, all: IncomingMessage[], pbf) => {
    if (tag === 1) pbf.readMessage(readRequest, all)
  }, messages)
  return messages
}

function readRequest(tag: number, messages: IncomingMessage[], pbf: PbfReader): void {
  if (tag !== 1) return
  pbf.readMessage((inner, all: IncomingMessage[], reader) => {
    if (inner === 1) all.push(reader.readMessage(readIncoming, { receivers: [], body: '', expiry: 0 }))
  }, messages)
}

function readIncoming(tag: number, message: IncomingMessage, pbf: PbfReader): void {
  if (tag === 1) message.receivers.push(pbf.readMessage(readReceiver, { id: new Uint8Array(), signature: new Uint8Array() }))
  else if (tag === 3) message.body = pbf.readString()
  else if (tag === 4) message.expiry = pbf.readVarint()
}

function readReceiver(tag: number, receiver: IncomingMessage['receivers'][number], pbf: PbfReader): void {
  if (tag === 1) receiver.id = pbf.readBytes()
  else if (tag === 3) receiver.signature = pbf.readBytes()
}

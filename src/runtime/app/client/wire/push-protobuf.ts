import { PbfReader, PbfWriter } from 'pbf'

// What the SDK's pull client wants of its copy of protobuf.js, for the frames of version 4, in the names of its module. Builds of
// an app take this in its place (setup-sdk-protobuf.ts). Numbers in the code are field numbers, as in the portal's protobuf-schema.ts.

interface Receiver { id: Uint8Array, signature: Uint8Array }
interface IncomingMessage { receivers: Receiver[], body: string, expiry: number }
interface RequestBatch { requests: { incomingMessages: { messages: IncomingMessage[] } }[] }
interface Sender { type: number, id: Uint8Array }
interface OutgoingMessage { id: Uint8Array, body: string, expiry: number, created: number, sender: Sender | null }
interface Response { command?: 'outgoingMessages', outgoingMessages?: { messages: OutgoingMessage[] } }

/** As the SDK makes what it puts into a batch: with the given fields. */
function creates<T extends object>() {
  return { create: (fields: T): T => ({ ...fields }) }
}

export const Receiver = creates<Receiver>()
export const IncomingMessage = creates<IncomingMessage>()
export const RequestBatch = {
  ...creates<RequestBatch>(),
  /** @returns something whose `finish()` answers the bytes */
  encode({ requests }: RequestBatch): { finish: () => Uint8Array } {
    const writer = new PbfWriter()
    for (const { incomingMessages } of requests) {
      writer.writeMessage(1, (_, request) => request.writeMessage(1, (_, list) => {
        for (const message of incomingMessages.messages) list.writeMessage(1, writeIncoming, message)
      }, null), null)
    }
    return writer
  },
}

function writeIncoming({ receivers, body, expiry }: IncomingMessage, writer: PbfWriter): void {
  for (const receiver of receivers) writer.writeMessage(1, writeReceiver, receiver)
  writer.writeStringField(3, body)
  writer.writeVarintField(4, expiry)
}

function writeReceiver({ id, signature }: Receiver, writer: PbfWriter): void {
  writer.writeBytesField(1, id)
  writer.writeBytesField(3, signature)
}

export const ResponseBatch = {
  /** @throws RangeError for bytes that end too early */
  decode(bytes: Uint8Array): { responses: Response[] } {
    const reader = new PbfReader(bytes)
    const batch = reader.readFields((field, { responses }) => {
      if (field === 1) responses.push(whole(reader, readResponse, {}))
    }, { responses: [] as Response[] })
    if (reader.pos !== bytes.length) throw endsEarly()
    return batch
  },
}

function readResponse(field: number, response: Response, reader: PbfReader): void {
  if (field !== 1) return
  response.command = 'outgoingMessages'
  response.outgoingMessages = whole(reader, readList, { messages: [] })
}

function readList(field: number, { messages }: { messages: OutgoingMessage[] }, reader: PbfReader): void {
  if (field === 1) messages.push(whole(reader, readOutgoing, { id: new Uint8Array(), body: '', expiry: 0, created: 0, sender: null }))
}

function readOutgoing(field: number, message: OutgoingMessage, reader: PbfReader): void {
  if (field === 1) message.id = bytesOf(reader)
  else if (field === 2) message.body = reader.readString()
  else if (field === 3) message.expiry = reader.readVarint() >>> 0
  else if (field === 4) message.created = reader.readFixed32()
  else if (field === 5) message.sender = whole(reader, readSender, { type: 0, id: new Uint8Array() })
}

function readSender(field: number, sender: Sender, reader: PbfReader): void {
  if (field === 1) sender.type = reader.readVarint(true) | 0
  else if (field === 2) sender.id = bytesOf(reader)
}

/** A copy: what the reader gives is a view of the whole frame. */
function bytesOf(reader: PbfReader): Uint8Array {
  return reader.readBytes().slice()
}

/** A message within; pbf itself reads on where the bytes have ended. */
function whole<T>(reader: PbfReader, readField: (field: number, result: T, reader: PbfReader) => void, result: T): T {
  reader.readMessage(readField, result)
  if (reader.pos > reader.length) throw endsEarly()
  return result
}

function endsEarly(): RangeError {
  return new RangeError('The frame ends in the middle of a message.')
}

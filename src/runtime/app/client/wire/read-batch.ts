/** A message of the push server's version 4, its body still JSON. */
export interface BatchMessage {
  /** In hexadecimal; empty where there is none. */
  id: string
  body: string
  senderType: number | undefined
}

/** A field of a protobuf message; fields of fixed width, of which none is needed here, have no value. */
interface Field { number: number, value: number | Uint8Array | undefined }

/**
 * Reads as many messages as the bytes hold; `null` stands for what cannot be read. Never throws.
 *
 * Numbers are field numbers: a batch is a list (1) of responses, a response holds outgoing messages (1), these are a list (1) of
 * messages, and a message has `id` (1, bytes), `body` (2, text) and `sender` (5) with its `type` (1).
 */
export function readBatch(bytes: Uint8Array): (BatchMessage | null)[] {
  const found: (BatchMessage | null)[] = []
  for (const messages of nested(nested([bytes], found), found)) {
    for (const message of nested([messages], found)) found.push(readOne(message))
  }
  return found
}

/** The contents of field 1 of each of these. */
function nested(all: readonly Uint8Array[], found: null[] | (BatchMessage | null)[]): Uint8Array[] {
  const contents: Uint8Array[] = []
  for (const bytes of all) {
    const isWhole = eachField(bytes, ({ number, value }) => {
      if (number === 1 && value instanceof Uint8Array) contents.push(value)
    })
    if (!isWhole) found.push(null)
  }
  return contents
}

function readOne(bytes: Uint8Array): BatchMessage | null {
  const message: BatchMessage = { id: '', body: '', senderType: undefined }
  const isWhole = eachField(bytes, ({ number, value }) => {
    if (!(value instanceof Uint8Array)) return
    if (number === 1) message.id = toHex(value)
    else if (number === 2) message.body = new TextDecoder().decode(value)
    else if (number === 5) message.senderType = readSenderType(value)
  })
  return isWhole ? message : null
}

function readSenderType(bytes: Uint8Array): number | undefined {
  let type: number | undefined
  eachField(bytes, ({ number, value }) => {
    if (number === 1 && typeof value === 'number') type = value
  })
  return type
}

/** Calls back with every field up to the end or to what is none. Answers whether it came to the end. */
function eachField(bytes: Uint8Array, call: (field: Field) => void): boolean {
  let at = 0

  function varint(): number | null {
    let value = 0
    for (let shift = 0; shift < 70 && at < bytes.length; shift += 7) {
      const byte = bytes[at++]!
      value += (byte & 0x7F) * 2 ** shift
      if (byte < 0x80) return value
    }
    return null
  }

  while (at < bytes.length) {
    const tag = varint()
    if (tag === null || tag < 8) return false
    const number = Math.floor(tag / 8)
    switch (tag % 8) {
      case 0: {
        const value = varint()
        if (value === null) return false
        call({ number, value })
        break
      }
      case 2: {
        const length = varint()
        if (length === null || length > bytes.length - at) return false
        call({ number, value: bytes.subarray(at, at += length) })
        break
      }
      case 1:
      case 5:
        at += tag % 8 === 1 ? 8 : 4
        if (at > bytes.length) return false
        call({ number, value: undefined })
        break
      default:
        return false
    }
  }
  return true
}

function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

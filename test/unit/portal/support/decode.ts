import { PbfReader } from 'pbf'
import type { ServerVersion } from '../../../../src/portal'

/** A message of any generation, as far as the tests look. */
export interface Decoded {
  mid: string
  command: string
  params: unknown
  senderType: number
  body: { module_id: string, command: string, params: unknown, extra: Record<string, unknown> }
}

/** Reads frames of a generation, independently of how the portal writes them. */
export function decode(version: ServerVersion, frames: readonly (string | ArrayBuffer | Uint8Array)[]): Decoded[] {
  return frames.flatMap(frame => (version === 4 ? decodeProtobuf(frame) : version === 5 ? decodeJsonRpc(String(frame)) : decodeText(String(frame))))
}

function decodeJsonRpc(text: string): Decoded[] {
  if (!/^[[{]/.test(text)) return []
  return [JSON.parse(text)].flat().filter(({ method }) => method === 'incoming.message')
    .map(({ params: { mid, body, sender } }) => ({ mid, command: body.command, params: body.params, senderType: sender.type, body }))
}

function decodeText(text: string): Decoded[] {
  return (text.match(/#!NGINXNMS!#(.*?)#!NGINXNME!#/g) ?? []).map((part) => {
    const { mid, text: body } = JSON.parse(part.slice(12, -12))
    return { mid, command: body.command, params: body.params, senderType: body.extra.sender.type, body }
  })
}

function decodeProtobuf(frame: string | ArrayBuffer | Uint8Array): Decoded[] {
  if (typeof frame === 'string') return []
  const found: Decoded[] = []
  // responses → outgoingMessages → messages, each in field 1.
  new PbfReader(frame).readFields((_a, all, batch) => batch.readMessage((_b, _all, response) => response.readMessage((_c, _messages, messages) => {
    const message: Decoded = { mid: '', command: '', params: null, senderType: 0, body: { module_id: '', command: '', params: null, extra: {} } }
    messages.readMessage((tag, target, reader) => {
      if (tag === 1) target.mid = Buffer.from(reader.readBytes()).toString('hex')
      if (tag === 2) Object.assign(target, pick(reader.readString()))
      if (tag === 5) reader.readMessage((inner, _sender, sender) => void (inner === 1 && (target.senderType = sender.readVarint())), {})
    }, message)
    all.push(message)
  }, all), all), found)
  return found
}

function pick(json: string): Pick<Decoded, 'command' | 'params' | 'body'> {
  const body = JSON.parse(json) as Decoded['body']
  return { command: body.command, params: body.params, body }
}

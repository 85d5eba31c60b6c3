import type { PortalLog } from '../log/log'
import type { PushConnection } from './types'

/** Frames as they go over the wire, in the log: only while somebody wants to see them, for they are many. */
export interface Tap {
  isOn: boolean
  saw: (connection: Pick<PushConnection, 'id' | 'userId'>, direction: 'in' | 'out', frame: string | Uint8Array) => void
}

const MOST_BYTES = 2_000

/** A tap that is closed at first. */
export function createTap(log: PortalLog): Tap {
  return {
    isOn: false,
    saw({ id, userId }, direction, frame) {
      if (!this.isOn) return
      const isText = typeof frame === 'string'
      const size = isText ? `${frame.length} characters` : `${frame.byteLength} bytes`
      log.add({
        source: 'frame',
        direction,
        title: isText ? frame.slice(0, 120) : `${frame.byteLength} bytes`,
        userId,
        connectionId: id,
        details: { size, text: isText ? frame : readable(frame) },
      })
    },
  }
}

/** The text within protobuf, which is JSON; a dot for each byte that is none. */
function readable(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, MOST_BYTES)).replaceAll(/[\p{C}\uFFFD]/gu, '·')
  return bytes.byteLength > MOST_BYTES ? `${text}…` : text
}

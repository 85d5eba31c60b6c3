import type { PullMessage } from '../../../types'
import { epochNow } from '../../../utils/clock'
import { readControl } from './read-control'
import type { PullControl } from './read-control'
import { readMessage } from './read-message'
import { RecentIds } from './recent-ids'

export interface IntakeEvents {
  /** `id` as the wire had it; `null` where it had none. */
  onMessage: (message: PullMessage, id: string | null) => void
  /** Something arrived that could not be used. Told once per kind by whoever listens. */
  onTrouble: (kind: string, text: string, detail?: unknown) => void
}

/** What arrives, made into messages: repeats dropped, bad input reported, nothing thrown. It outlives single connections. */
export interface Intake {
  /** A message's body and id, in order of arrival. Answers what the SDK shall handle: nothing, or a command of the server itself. */
  onMessage: (body: unknown, id: string | null) => PullControl | null
  /** Whether the message id is new. */
  isNew: (id: unknown) => boolean
  /** A frame, or a part of one, that cannot be read, and why; nothing of what was in it. */
  onUnreadable: (why: string) => void
  /** The push server's time; ms since epoch. */
  serverNow: () => number
}

export function createIntake({ onMessage, onTrouble }: IntakeEvents, ids = new RecentIds()): Intake {
  // The causes are sentences of ours, so there are only so many kinds.
  const tell = (cause: string) => onTrouble(cause, `A message of the push server was dropped: ${cause}. The others are not affected.`)
  const intake: Intake = {
    serverNow: epochNow,
    isNew: id => ids.add(id),
    onMessage(body, id) {
      const read = readMessage(body, epochNow(), intake.serverNow())
      if ('control' in read) {
        const { control, malformed } = readControl(body as Record<string, unknown>)
        if (malformed) tell(malformed)
        return control
      }
      if ('malformed' in read) tell(read.malformed)
      else if ('message' in read) {
        try {
          onMessage(read.message, id)
        }
        catch (error) {
          onTrouble('listener', 'A listener of the connection threw; later messages are not affected.', error)
        }
      }
      return null
    },
    onUnreadable: why => onTrouble(`frame: ${why}`, `A frame of the push server, or part of it, could not be read: ${why}.`),
  }
  return intake
}

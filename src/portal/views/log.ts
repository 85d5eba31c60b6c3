/** Where an entry of the log comes from. */
export type LogSource = 'portal' | 'bridge' | 'rest' | 'push' | 'frame' | 'event' | 'fault'

/** Something that went by: over the bridge, REST or the push server, or that the portal did. */
export interface LogEntry {
  id: number
  /** ms since epoch */
  time: number
  source: LogSource
  /** `in` = came to the portal, `out` = left it, `note` = neither. */
  direction: 'in' | 'out' | 'note'
  level: 'info' | 'warn' | 'error'
  /** One line: a method, a command, `application:ping`. */
  title: string
  userId: number | null
  frameId: string | null
  connectionId: string | null
  /** The entry that caused this one: the REST call of an event, the batch of a call. */
  causeId: number | null
  /** Its end is still to come: then the entry is sent again, under the same id. */
  isPending: boolean
  /** HTTP status of a REST answer. */
  status: number | null
  durationMs: number | null
  /** Anything JSON can hold, secrets masked. */
  details: unknown
}

import type { PullMessage } from '../../../types'
import { isRecord } from '../../../utils/is-record'
import { SENDER_CLIENT } from './read-control'

/** The platform's own age filter for presence events, in s. */
const MAX_ONLINE_AGE = 240
/** Names come from outside and are counted by the store: longer ones are no names. */
const MAX_NAME_LENGTH = 256

export type ReadResult
  = | { message: PullMessage }
    /** A command of the push server itself: the SDK's to handle. */
    | { control: true }
    /** Left aside, as the platform does. */
    | { stale: true }
    | { malformed: string }

/**
 * Reads the body of a push message. Pure, never throws, changes nothing it is given.
 *
 * @param raw what the wire carried: `{ module_id, command, params, extra }`
 * @param now ms since epoch
 * @param serverNow the server's time, in ms since epoch
 */
export function readMessage(raw: unknown, now: number, serverNow: number): ReadResult {
  if (!isRecord(raw)) return { malformed: 'it is no object' }
  const { module_id: module, command } = raw
  if (typeof module !== 'string' || !module) return { malformed: 'its module_id is no string' }
  if (typeof command !== 'string' || !command) return { malformed: 'its command is no string' }
  if (module.length > MAX_NAME_LENGTH || command.length > MAX_NAME_LENGTH) return { malformed: `its module_id or command is longer than ${MAX_NAME_LENGTH} characters` }
  const name = module.toLowerCase()
  if (name === 'pull') return { control: true }

  const extra = isRecord(raw.extra) ? { ...raw.extra } : {}
  const sender = isRecord(extra.sender) ? extra.sender : undefined
  // The sender's id is a channel id: an address to publish to, not for the app to see.
  if (sender) extra.sender = { type: sender.type }
  const sentAt = toNumber(extra.server_time_unix)
  if (sentAt) extra.server_time_ago = Math.max(0, serverNow / 1000 - sentAt)
  const isOnline = name === 'online'
  if (isOnline && toNumber(extra.server_time_ago) >= MAX_ONLINE_AGE) return { stale: true }

  return {
    message: {
      module: name,
      command,
      params: toParams(raw.params),
      extra,
      type: sender?.type === SENDER_CLIENT ? 'client' : isOnline ? 'online' : 'server',
      receivedAt: now,
      source: 'push',
    },
  }
}

/** Params are always a plain object: PHP sends `[]` for an empty one. */
export function toParams(params: unknown): Record<string, unknown> {
  if (Array.isArray(params)) return params.length ? { ...params } : {}
  return isRecord(params) ? params : {}
}

/** 0 for what is no number. Objects are left aside: asked for their number, one from the wire may throw. */
function toNumber(value: unknown): number {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : 0
  return Number.isFinite(number) ? number : 0
}

import { isRecord } from '../../../utils/is-record'
import type { PullConnectionState, PullGap, PullMessage } from '../../../types'
import type { Place } from '../sdk/place'
import { readReason } from './reason'
import type { SharedState, WireMessage } from './wire'

const MAX_TEXT_LENGTH = 256
const MAX_USERS = 1_000
const MAX_RECENT = 100

/**
 * Reads what came over the channel: input, as a frame of the push server is, for every script of the app's origin may write there.
 * Pure, never throws; a new object, with nothing in it that was not checked.
 *
 * @returns `null` for what is none of ours
 */
export function readWire(data: unknown): WireMessage | null {
  try {
    return isRecord(data) ? read(data) : null
  }
  catch {
    // What is checked below are plain values; only an object of a stranger's making has a getter that throws.
    return null
  }
}

function read(data: Record<string, unknown>): WireMessage | null {
  const { kind, epoch, from } = data
  switch (kind) {
    case 'hello':
    case 'ask':
      return isText(from) ? { kind, from } : null
    case 'wake':
      return typeof data.byUser === 'boolean' ? { kind, byUser: data.byUser } : null
    case 'watch':
      return isText(from) && areUsers(data.users) && areUsers(data.fresh) ? { kind, from, users: [...data.users], fresh: [...data.fresh] } : null
    default:
      return isText(epoch) ? readOfLeader(data, epoch) : null
  }
}

function readOfLeader(data: Record<string, unknown>, epoch: string): WireMessage | null {
  const { kind, n } = data
  switch (kind) {
    case 'lead':
      return isTextOrNull(data.lastId) ? { kind, epoch, lastId: data.lastId } : null
    case 'bye':
      return { kind, epoch }
    case 'here':
      return isCount(data.silence) ? { kind, epoch, silence: data.silence } : null
    case 'seen':
      return readSeen(data, epoch)
    case 'gap': {
      const gap = readGap(data.gap)
      return gap && { kind, epoch, gap }
    }
    case 'state': {
      const place = data.place === null ? null : readPlace(data.place)
      const state = readState(data.state)
      return isCount(n) && place !== undefined && areIds(data.recent) && state ? { kind, epoch, n, place, recent: [...data.recent], state } : null
    }
    case 'message': {
      const message = readMessage(data.message)
      const { id, tag, time } = data
      return isCount(n) && n > 0 && isTextOrNull(id) && isTextOrNull(tag) && isTextOrNull(time) && message ? { kind, epoch, n, id, tag, time, message } : null
    }
    default:
      return null
  }
}

function readSeen({ to, userId, lastSeen, error }: Record<string, unknown>, epoch: string): WireMessage | null {
  const reason = readReason(error)
  if (!isText(to) || !isUser(userId) || reason === undefined) return null
  return lastSeen === null || isCount(lastSeen) ? { kind: 'seen', epoch, to, userId, lastSeen, error: reason } : null
}

/** `undefined` for what is none. */
function readPlace(data: unknown): Place | undefined {
  if (!isRecord(data) || !isRecord(data.identity)) return undefined
  const { identity: { server, channels }, lastId, tag, time, from } = data
  if (!isText(server, 0) || !isText(channels, 0) || !isTextOrNull(lastId) || !isTextOrNull(tag) || !isTextOrNull(time) || !isTime(from)) return undefined
  return { identity: { server, channels }, lastId, tag, time, from }
}

/** A leader that is idle, closed or failed leads no more. */
const statuses: ReadonlySet<unknown> = new Set<PullConnectionState['status']>(['connecting', 'connected', 'reconnecting', 'suspended'])

function readState(data: unknown): SharedState | null {
  if (!isRecord(data)) return null
  const { status, attempt, nextRetryAt, transport } = data
  const reason = readReason(data.reason)
  if (!statuses.has(status) || reason === undefined || !isCount(attempt) || !(nextRetryAt === null || isTime(nextRetryAt))) return null
  if (transport !== null && transport !== 'websocket' && transport !== 'long-polling') return null
  return { status: status as SharedState['status'], reason, attempt, nextRetryAt, transport }
}

const causes: ReadonlySet<unknown> = new Set<PullGap['cause']>(['no-id', 'channel-changed', 'server-changed', 'too-long', 'reloaded', 'handed-over', 'overflow'])

function readGap(data: unknown): PullGap | null {
  if (!isRecord(data)) return null
  const { cause, from, to } = data
  return causes.has(cause) && isTime(from) && isTime(to) && from <= to ? { cause: cause as PullGap['cause'], from, to } : null
}

const types: ReadonlySet<unknown> = new Set<PullMessage['type']>(['server', 'client', 'online'])
const sources: ReadonlySet<unknown> = new Set<PullMessage['source']>(['push', 'poll'])

/** As the room `wire` makes it of a frame of the push server. */
function readMessage(data: unknown): PullMessage | null {
  if (!isRecord(data)) return null
  const { module, command, params, extra, type, receivedAt, source } = data
  if (!isText(module) || !isText(command) || module !== module.toLowerCase() || module === 'pull') return null
  if (!isRecord(params) || !isRecord(extra) || !types.has(type) || !isTime(receivedAt) || !sources.has(source)) return null
  return { module, command, params, extra, type: type as PullMessage['type'], receivedAt, source: source as PullMessage['source'] }
}

const isText = (value: unknown, min = 1): value is string => typeof value === 'string' && value.length >= min && value.length <= MAX_TEXT_LENGTH
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value)
const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isCount = (value: unknown): value is number => isTime(value) && value >= 0
const isUser = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0
const areIds = (value: unknown): value is string[] => Array.isArray(value) && value.length <= MAX_RECENT && value.every(id => isText(id))
const areUsers = (value: unknown): value is number[] => Array.isArray(value) && value.length <= MAX_USERS && value.every(isUser)

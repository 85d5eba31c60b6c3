import { isRecord } from '../../../utils/is-record'

/** A command of the push server itself, with nothing in it but what the SDK can handle. */
export interface PullControl {
  module_id: 'pull'
  command: string
  params: Record<string, unknown>
}

/** `sender.type` of a message that another client published. */
export const SENDER_CLIENT = 1

/**
 * Reads a control command. Pure, never throws.
 *
 * @param raw a body whose module is `pull` and whose command is a text
 * @returns what the SDK shall handle, `null` for nothing; and what was wrong with it
 */
export function readControl(raw: Record<string, unknown>): { control: PullControl | null, malformed?: string } {
  const command = String(raw.command).toLowerCase()
  const sender = isRecord(raw.extra) ? raw.extra.sender : undefined
  if (isRecord(sender) && sender.type === SENDER_CLIENT) return { control: null, malformed: 'another client sent a command of the server' }
  switch (command) {
    case 'config_expire':
    case 'server_restart':
      return { control: toControl(command, {}) }
    case 'channel_expire':
      return readChannelExpire(isRecord(raw.params) ? raw.params : {})
    default:
      return { control: null, malformed: 'it is an unknown command of the server' }
  }
}

/** Where the new channel cannot be used, the whole configuration is asked for: that the old one has expired is certain. */
function readChannelExpire({ action, channel, new_channel: next }: Record<string, unknown>): ReturnType<typeof readControl> {
  const type = isRecord(channel) && (channel.type === 'private' || channel.type === 'shared') ? channel.type : null
  if (action === 'reconnect' && type && isRecord(next) && isText(next.id) && (next.end === undefined || isDate(next.end))) {
    return { control: toControl('channel_expire', { action, channel: { type }, new_channel: { ...next } }) }
  }
  const control = toControl('channel_expire', { action: 'get_config' })
  return action === 'get_config' ? { control } : { control, malformed: 'it announces a new channel without naming one that can be used' }
}

const toControl = (command: string, params: Record<string, unknown>): PullControl => ({ module_id: 'pull', command, params })

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
const isDate = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value))

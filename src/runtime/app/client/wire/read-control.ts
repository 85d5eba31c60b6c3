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

/**
 * Where the announcement does not bring a channel that can be taken in place of one of ours, the whole configuration is asked for.
 *
 * Usually it does not: real portals name an application's channel by its client id (`channel.type`) and only ask it to get its
 * configuration, and of a night they announce the portal's own shared channel to everybody.
 */
function readChannelExpire({ action, channel, new_channel: next }: Record<string, unknown>): ReturnType<typeof readControl> {
  const control = toControl('channel_expire', { action: 'get_config' })
  if (action === 'get_config') return { control }
  if (action !== 'reconnect') return { control, malformed: 'it announces an expired channel with an unknown action' }
  if (!isRecord(channel) || !isRecord(next) || !isText(next.id) || !(next.end === undefined || isDate(next.end))) {
    return { control, malformed: 'it announces a new channel without naming one that can be used' }
  }
  const { type, id } = channel
  if ((type !== 'private' && type !== 'shared') || !isText(id)) return { control }
  return { control: toControl('channel_expire', { action, channel: { type, id }, new_channel: { ...next } }) }
}

/** The control as it concerns these channels: another's new channel is none of ours, and then the configuration is asked for. */
export function forChannels(control: PullControl, channels: Readonly<Partial<Record<'private' | 'shared', { id?: unknown }>>>): PullControl {
  const { action, channel } = control.params as { action?: unknown, channel?: { type: 'private' | 'shared', id: string } }
  return action !== 'reconnect' || !channel || channels[channel.type]?.id === channel.id ? control : toControl('channel_expire', { action: 'get_config' })
}

const toControl = (command: string, params: Record<string, unknown>): PullControl => ({ module_id: 'pull', command, params })

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
const isDate = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value))

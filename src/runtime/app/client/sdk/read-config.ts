import { isRecord } from '../../../utils/is-record'
import { parseUrl } from '../../../utils/parse-url'
import type { PullConfig } from './pull-client'

/** What the portal's answer is worth. */
export type ReadConfig
  = | { config: PullConfig }
    /** Why it cannot be used; never with anything of its content, which holds secrets. */
    | { unusable: string }

type Fields = Record<string, unknown>

/** Addresses by the SDK's names, its misspelling included. */
const addresses = {
  websocket: /^wss?:$/,
  websocket_secure: /^wss?:$/,
  long_polling: /^https?:$/,
  long_pooling_secure: /^https?:$/,
  publish: /^https?:$/,
  publish_secure: /^https?:$/,
}

/**
 * Reads what the portal answers to the question for its push configuration. Pure, never throws: the SDK throws, fails in silence or
 * tries an address that there is not, by what is wrong with it.
 *
 * @param answer whatever came
 * @param isSecure whether the page was loaded over https, for which the SDK takes other addresses
 * @param now this machine's time when the answer came, in ms since epoch
 * @param time the REST answer's own `time`: what tells the server's time where the configuration does not, as an application's never does
 */
export function readConfig(answer: unknown, isSecure: boolean, now: number, time?: unknown): ReadConfig {
  if (!isRecord(answer)) return { unusable: `it is ${kindOf(answer)}` }
  if (!isRecord(answer.server)) return { unusable: `its \`server\` is ${kindOf(answer.server)}` }
  const server = readServer(answer.server)
  if (!(server.version > 0)) return { unusable: 'its `server` has no version' }
  const [socket, polling] = isSecure ? [server.websocket_secure, server.long_pooling_secure] : [server.websocket, server.long_polling]
  if (!polling && !(socket && server.websocket_enabled)) return { unusable: 'its `server` names no address that can be used' }
  const jwt = toText(answer.jwt) || null
  const channels = readChannels(answer.channels)
  if (!jwt && !Object.keys(channels).length) return { unusable: `its \`channels\` ${isRecord(answer.channels) ? 'name none that can be used' : `are ${kindOf(answer.channels)}`}` }
  const clientId = toText(answer.clientId) || null
  if (server.mode === 'shared' && !clientId) return { unusable: 'it is for a shared push server and has no `clientId`' }
  const { serverTime, ...rest } = answer
  const told = toTime(serverTime) ?? readTime(time)
  return {
    config: {
      ...rest,
      server: { ...server, websocket_enabled: server.websocket_enabled && !!socket, timeShift: told === null ? 0 : Math.floor((now - told) / 1000) },
      channels,
      jwt,
      clientId,
      api: isRecord(answer.api) ? answer.api : {},
      publicChannels: onlyRecords(answer.publicChannels),
      exp: toNumber(answer.exp),
    } as unknown as PullConfig,
  }
}

function readServer(server: Fields) {
  const read: Record<string, string> = {}
  for (const [name, protocol] of Object.entries(addresses)) {
    const address = toText(server[name])
    read[name] = protocol.test(parseUrl(address)?.protocol ?? '') ? address : ''
  }
  return {
    ...server,
    ...read as Record<keyof typeof addresses, string>,
    version: toNumber(server.version),
    mode: toText(server.mode),
    websocket_enabled: server.websocket_enabled === true,
    publish_enabled: server.publish_enabled === true,
    config_timestamp: toNumber(server.config_timestamp),
  }
}

function readChannels(given: unknown): Record<string, Fields> {
  const channels = onlyRecords(given)
  return Object.fromEntries(['private', 'shared'].flatMap((type) => {
    const channel = channels[type]
    return channel && toText(channel.id) ? [[type, channel]] : []
  }))
}

/** Those members of what may be no object at all that are objects. */
function onlyRecords(given: unknown): Record<string, Fields> {
  return Object.fromEntries(Object.entries(isRecord(given) ? given : {}).filter((entry): entry is [string, Fields] => isRecord(entry[1])))
}

/** When the portal finished the call, in ms since epoch; `null` where it does not tell. */
function readTime(time: unknown): number | null {
  if (!isRecord(time)) return null
  const finish = toNumber(time.finish)
  return finish > 0 ? finish * 1000 : toTime(time.date_finish)
}

function toTime(iso: unknown): number | null {
  const time = Date.parse(toText(iso))
  return Number.isNaN(time) ? null : time
}

const toText = (value: unknown): string => typeof value === 'string' ? value : ''

/** PHP may send numbers as text. 0 for what is none. */
function toNumber(value: unknown): number {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : 0
  return Number.isFinite(number) ? number : 0
}

const kindOf = (value: unknown): string => value === null ? 'null' : value === undefined ? 'missing' : Array.isArray(value) ? 'a list' : isRecord(value) ? 'an object' : `a ${typeof value}`

import type { TypePullClientConfig as PullConfig } from '@bitrix24/b24jssdk'
import { parseUrl } from '../../../utils/parse-url'

/**
 * What a connection is connected to. A message id means something to the very server and the very channels that it came from.
 * Holds nothing secret, so it may leave the page.
 */
export interface ConnectionIdentity {
  /** Version and host of the push server. Not its transport: long polling is another way to the same server. */
  readonly server: string
  /** A digest of the channels' ids. */
  readonly channels: string
}

/** @param config `null` where the SDK at hand does not tell it */
export function identityOf(config: PullConfig | null): ConnectionIdentity {
  const { server, channels } = config ?? {}
  return {
    server: server ? `${server.version} ${hostOf(server)}` : '',
    channels: digest(`${channels?.private?.id ?? ''}/${channels?.shared?.id ?? ''}`),
  }
}

export function isSameIdentity(one: ConnectionIdentity, other: ConnectionIdentity): boolean {
  return one.server === other.server && one.channels === other.channels
}

/** Of the first address there is, whichever is in use. */
function hostOf({ websocket_secure, websocket, long_pooling_secure, long_polling }: PullConfig['server']): string {
  const address = websocket_secure || websocket || long_pooling_secure || long_polling
  return address ? parseUrl(address)?.host ?? '' : ''
}

/** 64 bits to compare by, of which nobody gets back to an id of 128 random ones. */
function digest(text: string): string {
  let [one, other] = [0x811C9DC5, 0x9E3779B9]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ code, 0x85EBCA6B) ^ (other >>> 13)
  }
  return [one, other].map(half => (half >>> 0).toString(16).padStart(8, '0')).join('')
}

import type { B24Frame } from '@bitrix24/b24jssdk'
import type { SdkPullClient } from './pull-client'

/** More kinds of addresses than any page asks for; what comes beyond is not remembered. */
const LIMIT = 100

/**
 * Knows what the page's Content Security Policy has forbidden to connect to. Who asks for such an address sees only a network error;
 * the browser tells the cause by an event of the document.
 */
export interface PolicyWatch {
  /** The address that was forbidden, of those that a connection needs; else `null`. */
  forbids: (client: SdkPullClient | null, frame: B24Frame | null) => string | null
  stop: () => void
}

export function watchPolicy(): PolicyWatch {
  const blocked = new Set<string>()
  const note = ({ effectiveDirective, disposition, blockedURI }: SecurityPolicyViolationEvent) => {
    if (effectiveDirective === 'connect-src' && disposition === 'enforce' && blocked.size < LIMIT) blocked.add(blockedURI)
  }
  document.addEventListener('securitypolicyviolation', note)
  return {
    forbids: (client, frame) => !blocked.size ? null : addresses(client, frame).find(address => address && [...blocked].some(uri => isSame(uri, address))) ?? null,
    stop: () => document.removeEventListener('securitypolicyviolation', note),
  }
}

/** For a scheme other than http and https the report may name no more than the scheme. */
function isSame(uri: string, address: string): boolean {
  const { protocol, host } = new URL(address)
  return uri === protocol.slice(0, -1) || uri.startsWith(`${protocol}//${host}`)
}

/** What a connection needs to reach: the portal, and the push server in the way that is in use. */
function addresses(client: SdkPullClient | null, frame: B24Frame | null): (string | undefined)[] {
  const server = client?.getConfig()?.server
  const isSecure = location.protocol === 'https:'
  const push = server?.websocket_enabled
    ? isSecure ? server.websocket_secure : server.websocket
    : isSecure ? server?.long_pooling_secure : server?.long_polling
  return [frame?.getTargetOrigin(), push]
}

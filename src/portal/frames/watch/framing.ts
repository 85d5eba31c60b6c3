/** Who would show whom. */
export interface Framing {
  /** Origin of the framed page. */
  app: string
  /** Origin of the page around it. */
  portal: string
}

/**
 * Whether these headers let the portal show the page in a frame.
 *
 * @returns null, or the header that forbids it
 */
export function mayBeFramed(headers: Headers, framing: Framing): string | null {
  const policies = (headers.get('content-security-policy') ?? '').split(',')
  const ancestors = policies.map(frameAncestorsOf).filter(sources => sources !== null)
  // With frame-ancestors, browsers do not look at X-Frame-Options; every policy has to agree.
  if (ancestors.length > 0) {
    const forbidding = ancestors.find(sources => !sources.some(source => isMatch(source, framing)))
    return forbidding ? `Content-Security-Policy: frame-ancestors ${forbidding.join(' ') || '\'none\''}` : null
  }
  const options = new Set((headers.get('x-frame-options') ?? '').toLowerCase().split(',').map(option => option.trim()))
  const isForbidden = options.has('deny') || (options.has('sameorigin') && framing.app !== framing.portal)
  return isForbidden ? `X-Frame-Options: ${headers.get('x-frame-options')}` : null
}

function frameAncestorsOf(policy: string): string[] | null {
  const directive = policy.split(';').map(text => text.trim().split(/\s+/)).find(([name]) => name?.toLowerCase() === 'frame-ancestors')
  return directive ? directive.slice(1) : null
}

/** Matches a source of `frame-ancestors` with the portal's origin, as CSP level 3 does, without paths: ancestors have none. */
export function isMatch(source: string, { app, portal }: Framing): boolean {
  const wanted = source.toLowerCase()
  const { protocol, hostname, port } = new URL(portal)
  if (wanted === '\'self\'') return app === portal
  if (wanted === '*') return true
  if (/^[a-z][a-z\d+.-]*:$/.test(wanted)) return wanted === protocol
  const parts = /^(?:([a-z][a-z\d+.-]*):\/\/)?([^/:]+)(?::(\d+|\*))?(?:\/.*)?$/.exec(wanted)
  if (!parts) return false
  const [, scheme = new URL(app).protocol.slice(0, -1), host = '', wantedPort] = parts
  if (`${scheme}:` !== protocol && !(scheme === 'http' && protocol === 'https:')) return false
  if (wantedPort !== '*' && (wantedPort ?? defaultPort(protocol)) !== (port || defaultPort(protocol))) return false
  return host === hostname || (host.startsWith('*.') && hostname.endsWith(host.slice(1)))
}

function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80'
}

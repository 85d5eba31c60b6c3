import type { B24OAuthParams } from '@bitrix24/b24jssdk'

/** ms; an answer of the portal comes within one. */
const PATIENCE = 10_000

export interface ProofOptions {
  /** `CODE` of the app, as `app.info` answers it: of a local app its client id. */
  code: string | readonly string[]
  /** Whether a portal of this host may be asked. */
  allowPortal: (host: string) => boolean
}

/**
 * Whether the app was really installed in the portal that the event names: its token has to be one of this app there.
 *
 * The address comes from a stranger. So it has to be a portal's, redirects are not followed, and nothing of the answer is told.
 */
export async function isInstalled({ accessToken, clientEndpoint, domain }: B24OAuthParams, { code, allowPortal }: ProofOptions): Promise<boolean> {
  if (!URL.canParse(clientEndpoint)) return false
  const { protocol, host, hostname, origin, pathname, username } = new URL(clientEndpoint)
  const isPlain = protocol === 'http:'
  if ((protocol !== 'https:' && !isPlain) || username || pathname !== '/rest/') return false
  if (host !== domain.replace(/^https?:\/\//, '') || !allowPortal(host)) return false
  // Plain http is for the dev portal.
  if (isPlain && !isLoopback(hostname)) return false
  try {
    const response = await fetch(`${origin}/rest/app.info.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ auth: accessToken }),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (!response.ok) {
      await response.body?.cancel()
      return false
    }
    const { result } = await response.json() as { result?: { CODE?: unknown } }
    return typeof result?.CODE === 'string' && [code].flat().includes(result.CODE)
  }
  catch {
    return false
  }
}

/** Portals stand in the internet under a name; in development one may stand on this machine. */
export function isPortalHost(host: string): boolean {
  const hostname = new URL(`http://${host}`).hostname
  if (isLoopback(hostname)) return process.env.NODE_ENV !== 'production'
  return hostname.includes('.') && !/^[\d.]+$|^\[|\.(?:local|localhost|internal|lan|home|corp|intranet)$/.test(hostname)
}

const isLoopback = (hostname: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

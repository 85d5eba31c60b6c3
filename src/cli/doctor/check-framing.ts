import type { Deployed } from './deployed'
import type { Finding } from './finding'
import { findForbidding, findMute, sourcesOf } from './policy'

/** Whether the page may be shown in a portal, may call it, and keeps its cookies there. */
export function checkFraming({ post, shown, page, portals }: Deployed): Finding[] {
  const findings: Finding[] = []
  const { origin } = shown.url
  const header = shown.headers.get('content-security-policy')
  const inHeader = header === null ? [] : [header]
  const ancestors = sourcesOf(inHeader, 'frame-ancestors')
  const forbidding = findForbidding(ancestors, origin, portals)
  const where = portals.length === 1 ? portals[0]! : 'https://*.bitrix24.com'
  if (forbidding) {
    findings.push({
      code: 'FRAME_ANCESTORS',
      title: 'The app forbids portals to show it in a frame',
      why: `Its policy says \`frame-ancestors ${forbidding.join(' ') || '\'none\''}\`, and the browser obeys.`,
      fix: `Name the portals: \`frame-ancestors ${where}\`, with the domains that you serve.`,
    })
  }
  const options = shown.headers.get('x-frame-options')
  // Browsers do not look at it where there is frame-ancestors; any portal is another site.
  if (ancestors.length === 0 && options !== null && /\b(?:deny|sameorigin)\b/i.test(options)) {
    findings.push({
      code: 'X_FRAME_OPTIONS',
      title: 'The app forbids to be shown in a frame',
      why: `It answers with \`X-Frame-Options: ${options}\`, which knows no exception for portals.`,
      fix: `Take the header away, and send \`Content-Security-Policy: frame-ancestors ${where}\` instead.`,
    })
  }
  const connect = sourcesOf([...inHeader, ...page.policies], 'connect-src', 'default-src')
  const blocked = findForbidding(connect, origin, portals) ?? findMute(connect)
  if (blocked) {
    findings.push({
      code: 'CONNECT_SRC',
      title: 'The app\'s policy lets it not call the portal',
      why: `It may connect to \`${blocked.join(' ') || '\'none\''}\` only: REST of the portal, or its push server by https: and wss:, is not among it.`,
      fix: `Add to \`connect-src\` the portals (\`${where}\`) and their push servers, by \`https:\` and \`wss:\`.`,
    })
  }
  const cookies = [...post.headers.getSetCookie(), ...shown.headers.getSetCookie()].filter(cookie => !isKept(cookie))
  const names = [...new Set(cookies.map(cookie => cookie.split('=')[0]!.trim()))]
  if (names.length > 0) {
    findings.push({
      code: 'COOKIE_SAMESITE',
      title: `The browser drops ${names.length === 1 ? 'the cookie' : 'the cookies'} ${names.join(', ')} in the frame`,
      why: 'A frame in a portal is another site, where only cookies with `SameSite=None; Secure` are kept, and in some browsers only those that are `Partitioned` as well.',
      fix: 'Set them with `SameSite=None; Secure; Partitioned`, or do without: the SDK brings who the user is.',
    })
  }
  return findings
}

/** The first of the portals that the app's policies let show and serve it. */
export function welcomePortal({ shown, page, portals }: Deployed): string {
  const header = shown.headers.get('content-security-policy')
  const inHeader = header === null ? [] : [header]
  const lists = [...sourcesOf(inHeader, 'frame-ancestors'), ...sourcesOf([...inHeader, ...page.policies], 'connect-src', 'default-src')]
  return portals.find(portal => findForbidding(lists, shown.url.origin, [portal]) === undefined) ?? portals[0]!
}

function isKept(cookie: string): boolean {
  const attributes = cookie.split(';').slice(1).map(attribute => attribute.trim().toLowerCase().replaceAll(/\s*=\s*/g, '='))
  const isDeletion = attributes.includes('max-age=0') || attributes.some(attribute => attribute.startsWith('expires=') && Date.parse(attribute.slice('expires='.length)) < Date.now())
  return isDeletion || (attributes.includes('samesite=none') && attributes.includes('secure'))
}

import type { Deployed } from './deployed'
import type { Finding } from './finding'

/** Whether Bitrix24's form brings the page. */
export function checkOpening({ address, post, get }: Deployed): Finding[] {
  const findings: Finding[] = []
  if (!isSecure(post.url)) {
    findings.push({
      code: 'NOT_HTTPS',
      title: `The app is at ${post.url.protocol}//`,
      why: 'The portal is https, and a browser loads no http page in it.',
      fix: 'Serve it by https, with a certificate that browsers trust.',
    })
  }
  const lost = post.redirects.find(({ status }) => status < 307)
  const away = post.redirects.find(({ to }) => new URL(to).origin !== address.origin)
  if (lost ?? away) {
    const { status, from, to } = (lost ?? away)!
    findings.push({
      code: 'FORM_LOST',
      title: `The app answers the form with a redirect: ${status} to ${to}`,
      why: lost
        ? `After ${status} a browser asks ${to} by GET: the tokens of the form never arrive there.`
        : 'The frame ends up at another origin than the registered one, and the portal talks to that one only.',
      fix: `Register the address where the app ends up, or let ${new URL(from).pathname} answer the form itself. Look for redirects by slash, language, host or login.`,
    })
  }
  if (post.status >= 400) {
    findings.push({
      code: 'POST_REFUSED',
      title: `The app answers ${post.status} to the form`,
      why: get.status < 400
        ? `A GET is answered with ${get.status}, but Bitrix24 opens frames by a POST form, unless it hosts the files itself. Hosts of static files refuse one.`
        : `A GET is answered with ${get.status}, too: there is no app at this address, or its server fails.`,
      fix: 'Let the host answer POST with the page: Nitro does, and nginx with `error_page 405 =200 $uri` (docs/deploy.md).',
    })
  }
  return findings
}

/** Browsers take the own machine for secure. */
function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

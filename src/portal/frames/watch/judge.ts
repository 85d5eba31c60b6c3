import type { FrameTrouble } from '../../types'
import { mayBeFramed } from './framing'

/** What came of asking for the app's address as the frame does. */
export type ProbeOutcome = { kind: 'none', reason: string, isTimeout: boolean } | ProbeAnswer

export interface ProbeAnswer {
  kind: 'answer'
  /** Where the answer came from, after redirects on the app's own origin. */
  url: string
  status: number
  headers: Headers
  /** Where it leads on: to another origin, or in a circle. */
  leadsTo: string | null
  /** Status of the same address by GET, asked for where POST failed. */
  getStatus: number | null
}

export interface ProbeSubject {
  /** The address as it is opened. */
  address: string
  method: 'post' | 'get'
  portalOrigin: string
}

/** Why a frame shows no app, as far as the answer tells; `null` = the server has done its part. */
export function judge(outcome: ProbeOutcome, { address, method, portalOrigin }: ProbeSubject): FrameTrouble | null {
  const { origin, pathname } = new URL(address)
  if (outcome.kind === 'none') return outcome.isTimeout ? slow(origin, outcome.reason) : dead(origin, outcome.reason)
  const { status, headers, leadsTo, getStatus } = outcome
  const asked = `${method.toUpperCase()} ${pathname}`

  if (leadsTo !== null) return redirected(new URL(leadsTo), outcome.url, origin)
  if (method === 'post' && (status === 405 || (status >= 400 && getStatus !== null && getStatus < 400))) {
    return {
      code: 'method-refused',
      title: `The app answers ${status} to ${asked}`,
      why: 'Bitrix24 opens an app by a POST form, and this server takes none at this address: Vite\'s dev server and most hosts of static files do not.',
      fix: 'For a dev server, start the portal with `--method get` (`method: \'get\'`). In production the app must answer POST, unless Bitrix24 hosts its files.',
    }
  }
  if (status === 404) {
    return {
      code: 'not-found',
      title: `The app answers 404 to ${asked}`,
      why: `Something runs at ${origin}, but it has no such page: perhaps another app, or the app has a base path.`,
      fix: 'Check the path of `--app` (`app`), and that it is this app\'s port.',
    }
  }
  if (status >= 500) {
    return {
      code: 'server-error',
      title: `The app answers ${status} to ${asked}`,
      why: 'Its server failed while it made the page.',
      fix: 'Look at the app\'s own output in its shell: the error stands there.',
    }
  }
  if (status >= 400) {
    return {
      code: 'refused',
      title: `The app answers ${status} to ${asked}`,
      why: 'Its server turns this request away: a login, a check of the host or of the origin.',
      fix: `Let pages of ${portalOrigin} open it in development, and in production those of Bitrix24.`,
    }
  }
  const refusedBy = mayBeFramed(headers, { app: new URL(outcome.url).origin, portal: portalOrigin })
  return refusedBy === null ? null : unframed(refusedBy, portalOrigin)
}

/** The server is fine, and yet the frame never asked who it is. */
export function silent(seconds: number): FrameTrouble {
  return {
    code: 'silent',
    title: `The app has not asked for getInitData in ${seconds} s`,
    why: 'The page came, but the SDK did not start in it: it is not initialised on this page, or a script has failed before.',
    fix: 'Call `initializeB24Frame()` of the SDK, or use the module\'s composables. Errors stand in the browser\'s console, under the frame\'s address.',
  }
}

function dead(origin: string, reason: string): FrameTrouble {
  return {
    code: 'not-running',
    title: `Nothing answers at ${origin}`,
    why: `The connection failed: ${reason}.`,
    fix: 'Start the app, or correct `--app` (`app`) if it runs elsewhere.',
  }
}

function slow(origin: string, reason: string): FrameTrouble {
  return {
    code: 'not-running',
    title: `${origin} takes the request and does not answer`,
    why: `No answer came: ${reason}.`,
    fix: 'A dev server may still be compiling: wait. Else look at the app\'s own output.',
  }
}

function redirected(target: URL, from: string, origin: string): FrameTrouble {
  if (target.origin === origin) {
    return {
      code: 'redirect',
      title: 'The app redirects in a circle',
      why: `${from} leads to ${target.href}, and so on.`,
      fix: 'Look for a redirect that its own target answers with, such as one by language, slash or login.',
    }
  }
  return {
    code: 'redirect',
    title: `The app redirects to ${target.origin}`,
    why: `The portal talks to frames of ${origin} only, as Bitrix24 does to the app's registered address.`,
    fix: `If the app lives there, start the portal with \`--app ${target.origin}\`. A login page does not belong into the frame: Bitrix24 has logged the user in.`,
  }
}

function unframed(header: string, portalOrigin: string): FrameTrouble {
  return {
    code: 'framing-forbidden',
    title: 'The app forbids to be shown in a frame',
    why: `It answers with \`${header}\`, and the browser obeys.`,
    fix: `Send no X-Frame-Options, and \`Content-Security-Policy: frame-ancestors ${portalOrigin} https://*.bitrix24.com\` with the portals' domains that you serve.`,
  }
}

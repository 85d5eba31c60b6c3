import { PullError } from '../../utils/errors'

const stillTrying = 'Nothing: it is tried again by itself, and at once when the page becomes visible or reconnect() is called.'

export const notReady = (): PullError => new PullError({
  code: 'NOT_READY',
  message: 'The app is not connected to its portal.',
  why: 'The connection has not been started, or it was stopped.',
  fix: 'Call usePull().start() first, or leave the option `autoStart` on.',
})

export const connectionLost = (detail: string, cause?: unknown): PullError => new PullError({
  code: 'CONNECTION_LOST',
  message: 'The connection to the push server was lost.',
  why: detail,
  fix: stillTrying,
  cause,
})

export const connectionDead = (): PullError => connectionLost('The push server did not answer when the connection was checked.')

export const connectTimeout = (limit: number): PullError => new PullError({
  code: 'CONNECT_TIMEOUT',
  message: `Connecting took longer than ${limit / 1000} s.`,
  why: 'Neither the portal nor the push server answered in that time; a proxy may be swallowing the connection.',
  fix: stillTrying,
})

/** @param address what the page asked for; only its origin is told, for the rest may hold a token */
export const policyBlocked = (address: string): PullError => new PullError({
  code: 'POLICY_BLOCKED',
  message: `The page's Content Security Policy forbids connecting to ${originOf(address)}.`,
  why: 'Its directive `connect-src` (or `default-src`, where that is missing) does not name this address.',
  fix: `Add ${originOf(address)} to \`connect-src\` in the Content-Security-Policy header of the app, then reload the page.`,
})

/** `URL.origin` is "null" for WebSocket addresses in some engines. */
function originOf(address: string): string {
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}

export const configReplaced = (): PullError => new PullError({
  code: 'CONFIG_REPLACED',
  message: 'The portal replaced the app\'s channel or push configuration.',
  why: 'Channels live for 12 hours, and the portal may renew them earlier.',
  fix: stillTrying,
})

export const serverRestart = (): PullError => new PullError({
  code: 'SERVER_RESTART',
  message: 'The push server asked its clients to come back later.',
  why: 'It restarts, or its configuration has changed; the platform asks clients to wait 10 to 120 s.',
  fix: stillTrying,
})

export const tooManyConnections = (): PullError => new PullError({
  code: 'TOO_MANY_CONNECTIONS',
  message: 'The push server has closed this connection in favour of a newer one.',
  why: 'A user may have 100 connections at a time; each one more ends the oldest, and this was it.',
  fix: 'Close pages of the portal that are not needed. It is tried again by itself in 10 minutes, not before: trying at once would end another page\'s. reconnect() tries at once.',
})

export const configUnusable = (detail: string): PullError => new PullError({
  code: 'CONFIG_UNUSABLE',
  message: `The portal's push configuration cannot be used: ${detail}.`,
  why: 'The answer to pull.application.config.get is not as the platform documents it, or the portal\'s push server is set up in part only.',
  fix: `It is asked for again by itself. On a self-hosted Bitrix24 its administrator checks Settings → Push & Pull; in the cloud, tell Bitrix24's support.`,
})

export const sdkChanged = (missing: readonly string[]): PullError => new PullError({
  code: 'SDK_CHANGED',
  message: `This version of @bitrix24/b24jssdk has changed inside: ${missing.join(', ')} not found.`,
  why: 'Some members of the SDK\'s pull client are overridden to hear every module and to lose no message.',
  fix: 'Install @bitrix24/b24jssdk ^2.2.0, or a newer nuxt-b24-pull. Until then only the modules named in the option `modules` are heard, and \'*\' hears no others.',
})

export const secondClient = (): PullError => new PullError({
  code: 'SECOND_CLIENT',
  message: 'Another pull client of @bitrix24/b24jssdk has been started in this page.',
  why: 'It opens a connection of its own beside the one of this app, and each user has a hundred of them.',
  fix: 'Leave out `startPullClient()` and what belongs to it, and listen by usePullCommand() or $b24Pull.on().',
})

export const presenceUnavailable = (why: string): PullError => new PullError({
  code: 'PRESENCE_UNAVAILABLE',
  message: 'The push server does not tell who is online.',
  why,
  fix: 'Presence events that arrive all the same still count; show a user as unknown until one does. On a self-hosted Bitrix24 the administrator can update the push server.',
})

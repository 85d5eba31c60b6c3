import type { B24OAuth, B24OAuthParams } from '@bitrix24/b24jssdk'
import type { PhpValue } from './php-form'

/** What an app registered at Bitrix24 is told: by it tokens are renewed. */
export interface B24AppSecret {
  /** Of the app's registration, `app.…` or `local.…`. */
  clientId: string
  clientSecret: string
}

/** Where the right `application_token` of a portal comes from: one of the two. */
export interface B24TokenSource {
  /** Of an app for one portal. An empty one counts as none, and refuses every event. */
  applicationToken?: string
  /** Of an app for many portals: what `onInstall` was given for this `member_id`, or null where that is unknown. */
  tokenOf?: (memberId: string) => string | null | undefined | Promise<string | null | undefined>
}

/** What is needed to believe an event and to act for the portal that sent it. */
export interface ReadB24EventOptions extends B24TokenSource, Partial<B24AppSecret> {}

/** An event of a portal whose `application_token` was right. */
export interface B24Event {
  /** In capitals, such as `ONCRMDEALUPDATE`. */
  readonly name: string
  /** As the portal wrote it: every value is a text. */
  readonly data: Readonly<Record<string, PhpValue>>
  /** Of the object that the event is about, where `data` names one; null for other events. */
  readonly id: number | null
  /** When it happened, in ms since epoch by the portal's clock. */
  readonly at: number
  /** Which portal. */
  readonly memberId: string
  /** Who caused it, or in whose name the event was bound; null where that is nobody. */
  readonly userId: number | null
  /**
   * The access that came with the event. Its `refreshToken` is empty with most events, so keep what comes with `onInstall` only; null for events without, such as `ONAPPUNINSTALL` and what agents of the portal cause.
   */
  readonly tokens: B24OAuthParams | null
  /** Access to the portal by these tokens, in the rights of `userId`, for an hour as a rule: most events bring nothing to renew it by. Null where there are none. */
  readonly b24: B24OAuth | null
}

/** An app that was installed in a portal. */
export interface B24Installation {
  memberId: string
  /** To be kept: by it later events of this portal are known. */
  applicationToken: string
  /** To be kept: by them the app acts in the portal. */
  tokens: B24OAuthParams
  /** Who installed it. */
  userId: number
}

/** An app that was removed from a portal. */
export interface B24Uninstallation {
  memberId: string
  /** Whether the portal's people asked for the app's data to be deleted. */
  isClean: boolean
}

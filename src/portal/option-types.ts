import type { RecordedEntry } from '../runtime/recording/entries'
import type { FaultOptions } from './faults/settings'
import type { RecordingSink } from './recording/file-sink'
import type { PortalLimits } from './rest/limits'
import type { RestHandler } from './rest/types'
import type { ServerSettings } from './server-settings'
import type { PlacementChoice } from './types'

/** A person of the portal, as the options name them. */
export interface PortalUserOptions {
  /** Positive and unique. */
  id: number
  /** @default 'User' */
  name?: string
  /** @default the id */
  lastName?: string
  /** @default false */
  isAdmin?: boolean
}

/** A place in which the portal's page offers to open the app. */
export interface PortalPlacementOptions {
  /** Code of the placement, such as `CRM_DEAL_DETAIL_TAB`. */
  placement: string
  /** @default the code */
  title?: string
  /** What the frame gets as `PLACEMENT_OPTIONS`, such as `{ ID: '42' }`. @default {} */
  options?: Record<string, unknown>
  /** Address or path of its handler, as `placement.bind` gives it. @default the app's address */
  handler?: string
}

/** Options of {@link createPortal}. */
export interface PortalOptions {
  /** Address of the app that the portal opens in its frames. */
  app: string
  /** Name of the app; an empty one makes `pull.application.push.add` answer `EMPTY_APP_NAME`. @default 'App' */
  appName?: string
  /** Port on 127.0.0.1; 0 takes any free one. @default 0 */
  port?: number
  /** How frames are opened: real portals send a POST form; `get` is for dev servers that refuse one. @default 'post' */
  method?: 'post' | 'get'
  /** People of the portal, the first one opens it. @default an admin with id 1 and two employees, 2 and 3 */
  users?: PortalUserOptions[]
  /**
   * The push server: as the cloud's is, of version 4 and shared. Version 5 is always `personal`.
   * @default { version: 4, transport: 'websocket', mode: 'shared', history: 1000 }
   */
  server?: Partial<ServerSettings>
  /** Placements offered by the page besides the plain one. @default a deal's tab and a left-menu page */
  placements?: PortalPlacementOptions[]
  /**
   * REST methods of one's own; they come before the portal's. A path names a module whose default export they are, and
   * which is read again when it changes. @default {}
   */
  rest?: Record<string, RestHandler> | string
  /** Faults that are on from the start. @default {} */
  faults?: FaultOptions
  /** Scopes granted to the app. @default everything the portal knows, but not `pull_channel` */
  scope?: string[]
  /** What `app.option.get` answers at first. @default {} */
  appOptions?: Record<string, unknown>
  /** What events to the app's back end carry as `auth[application_token]`. @default a random one */
  applicationToken?: string
  /** Id and secret with which a back end renews its tokens; `app.info` answers the id as `CODE`. @default 'local.dev-portal' */
  clientId?: string
  /** @default 'dev-portal-secret' */
  clientSecret?: string
  /** Begins with an app that is not installed: its frames open `installUrl`, and no event reaches it before `installFinish()`. @default false */
  install?: boolean
  /** Address or path of the install page. @default the app's address */
  installUrl?: string
  /** Address or path that gets `ONAPPINSTALL` once the app is installed. @default none */
  installCallback?: string
  /** How much REST bears: `true` as the cloud, `false` without limits, or figures of one's own. @default true */
  limits?: boolean | Partial<PortalLimits>
  /** Language of the portal. @default 'en' */
  lang?: string
  /** Life of an access token in seconds. @default 3600 */
  tokenLifetime?: number
  /** Time between the push server's pings in ms; the client gives up after 20 s without one. @default 15000 */
  pingInterval?: number
  /** How long a long poll waits for a message, in ms; the client gives up after 60 s. @default 40000 */
  pollTimeout?: number
  /** A file to which everything that pages are sent is written, for `recording`. @default none */
  record?: string
  /**
   * A file that `record`, the page or `recordPull()` wrote: it is played to the first page that connects, in its own time. `speed` is
   * how many times as fast, or `'step'` for `portal.recording.next()`. @default none
   */
  recording?: string | { file: string, speed?: number | 'step' }
  /** Told in a line what keeps the app from working; the command and `nuxt dev` print it. @default nobody */
  onProblem?: (line: string) => void
}

/** Options with every default filled in. */
export interface ResolvedPortalOptions {
  app: URL
  appName: string
  port: number
  method: 'post' | 'get'
  users: Required<PortalUserOptions>[]
  server: ServerSettings
  placements: PlacementChoice[]
  rest: Record<string, RestHandler> | string
  faults: FaultOptions
  scope: string[]
  appOptions: Record<string, unknown>
  applicationToken: string
  clientId: string
  clientSecret: string
  install: boolean
  installUrl: string | null
  installCallback: string | null
  limits: PortalLimits | null
  lang: string
  tokenLifetime: number
  pingInterval: number
  pollTimeout: number
  record: string | null
  recording: { file: string, speed: number | 'step' } | null
  onProblem: (line: string) => void
}

/** Options once the files that they may name have been read, or begun. */
export interface EngineOptions extends Omit<ResolvedPortalOptions, 'rest' | 'record' | 'recording'> {
  rest: Record<string, RestHandler>
  /** The file that the REST methods come from; null = they were given. */
  restFile: string | null
  record: RecordingSink | null
  recording: { entries: readonly RecordedEntry[], speed: number | 'step' } | null
}

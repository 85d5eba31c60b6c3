import type { PullLogLevel } from '../utils/logger'

/** What an app may say about its pull, with Nuxt or without. */
export interface PullAppOptions {
  /**
   * Connect when the app has mounted in a frame.
   * @default true
   */
  autoStart: boolean
  /**
   * Given to `auth.getUniq(prefix)`: names this app's stored session.
   * @default 'b24-pull'
   */
  prefix: string
  /**
   * Module ids recorded in the store even while no component listens.
   * @default ['application']
   */
  modules: string[]
  /**
   * Messages the store keeps; `0` keeps none.
   * @default 100
   */
  history: number
  /**
   * Time away in ms after which missed messages are no longer expected from the server: a gap.
   * @default 43_200_000
   */
  resumeLimit: number
  /**
   * One connection for all frames of the app in this browser, where the browser gives them locks; `false`: one for each frame.
   * @default true
   */
  share: boolean
  /**
   * Level of the browser-side logger.
   * @default 'warn'
   */
  logLevel: PullLogLevel
}

/** What the build hands over to the browser. */
export interface PullBrowserOptions extends PullAppOptions {
  /** What to do where the app is not in a portal; known in development only. */
  portalHint: string | null
}

/** The one place where these defaults stand. */
export const defaultAppOptions: PullAppOptions = {
  autoStart: true,
  prefix: 'b24-pull',
  modules: ['application'],
  history: 100,
  resumeLimit: 43_200_000,
  share: true,
  logLevel: 'warn',
}

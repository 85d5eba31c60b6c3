import type { Answer, File } from './ask'
import type { PageFacts } from './page'

/** A deployed app, as it was found. */
export interface Deployed {
  /** As it was given. */
  address: URL
  /** Opened by a form. */
  post: Answer
  /** Opened without. */
  get: Answer
  /** The answer that has the page: that to the form, unless it was refused. */
  shown: Answer
  page: PageFacts
  /** Files that the page names itself. */
  listed: File[]
  /** And those that they name. */
  all: File[]
  /** Who may open the app. */
  portals: string[]
}

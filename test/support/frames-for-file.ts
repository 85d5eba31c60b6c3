import { afterAll, beforeAll } from 'vitest'
import { serveConnectionPage } from './connection-page'
import type { PageServer } from './connection-page'
import { startRealChromium } from './real-chromium'
import type { RealChromium, RealChromiumOptions } from './real-chromium'
import { openSharedFrames } from './shared-frames'
import type { SharedFrames, SharedFramesOptions } from './shared-frames'

/** What the tests of a file open frames with, from the first one on. */
export interface FileFrames {
  readonly chromium: RealChromium
  /** Opens a portal whose frames may share a connection. */
  open: (options?: SharedFramesOptions) => Promise<SharedFrames>
}

/** A Chromium as people have it, and the connection page, for all tests of a file. Ended when they are over. */
export function framesForFile(options?: RealChromiumOptions): FileFrames {
  let chromium: RealChromium | undefined
  let pages: PageServer | undefined

  beforeAll(async () => {
    [chromium, pages] = await Promise.all([startRealChromium(options), serveConnectionPage()])
  })

  afterAll(async () => {
    await chromium?.close()
    await pages?.stop()
  })

  return {
    get chromium() {
      return chromium!
    },
    open: options => openSharedFrames(chromium!, pages!, options),
  }
}

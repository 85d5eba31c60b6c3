import type { Frame } from 'playwright-core'
import type { OpenPortal } from './portal-page'

// The variant `life`: an app that writes down who of it has heard what, and all that was told to hooks and the console.

/** What the fixture's plugin puts on the window. */
export interface Life {
  heard: string[]
  seen: unknown[]
  app: {
    $b24Pull: { frame: { value: unknown }, reason: { value: { code: string } | null }, status: { value: string }, transport: { value: unknown } }
    $pinia: { state: { value: unknown }, _s: Map<string, { version: () => string }> }
    $router: { push: (path: string) => Promise<unknown> }
    payload: unknown
    vueApp: { unmount: () => void }
  }
  isOfOwnSdk: () => Promise<boolean>
}

declare global {
  interface Window { life: Life }
}

/** The app's frame, once it is connected. */
export async function connectedFrame(open: OpenPortal): Promise<Frame> {
  await open.inApp('status').filter({ hasText: /^connected$/ }).waitFor()
  return open.appFrame()
}

/** The app in a frame that is opened anew. */
export async function reopen(open: OpenPortal): Promise<Frame> {
  await open.reopen()
  return connectedFrame(open)
}

/** Who heard the next message; a second one tells that the first is through. */
export async function whoHears(open: OpenPortal, frame: Frame, n: number): Promise<string[]> {
  for (const number of [n, n + 0.5]) open.portal.emit({ module: 'application', command: 'numbered', params: { n: number } })
  await frame.waitForFunction(last => window.life.heard.includes(`app ${last}`), n + 0.5)
  const heard = await frame.evaluate(number => window.life.heard.filter(line => line.endsWith(` ${number}`)), n)
  return heard.map(line => line.split(' ')[0]!).sort()
}

/** By the page itself: Chromium drops a mouse's clicks on a cross-site frame that has just moved. */
export const clickSend = (frame: Frame) => frame.getByTestId('send').evaluate(button => (button as HTMLElement).click())

import { openPage, Unanswered } from './ask'
import { checkBuild } from './check-build'
import { checkFraming, welcomePortal } from './check-framing'
import { checkOpening } from './check-opening'
import { checkFresh } from './check-fresh'
import { crawl } from './crawl'
import type { Deployed } from './deployed'
import type { Finding } from './finding'
import { frameRequest, portalOrigins } from './form'
import { readPage } from './page'

/** What is wrong with an app, and a portal that its policies let in, where they let in one. */
export interface Examined {
  findings: Finding[]
  /** A domain. */
  portal: string
}

/**
 * Opens a deployed app as Bitrix24 does, and says what is wrong.
 *
 * @param app where it is registered
 * @param domain the portal that is to open it; absent = any of the cloud's
 */
export async function examineAddress(app: URL, domain?: string): Promise<Examined> {
  const portals = portalOrigins(domain)
  const { address, form } = frameRequest(app, new URL(portals[0]!).host)
  try {
    const post = await openPage(address, form)
    const get = await openPage(address, null)
    const shown = post.status < 400 ? post : get
    const page = readPage(shown.text, shown.url)
    const deployed: Deployed = { address: app, post, get, shown, page, ...await crawl(page.files, shown.url.origin), portals }
    const findings = [...checkOpening(deployed), ...checkFraming(deployed), ...checkBuild(deployed), ...await checkFresh(deployed)]
    return { findings, portal: new URL(welcomePortal(deployed)).host }
  }
  catch (error) {
    if (!(error instanceof Unanswered)) throw error
    const finding: Finding = {
      code: 'NO_ANSWER',
      title: `Nothing answers at ${app.href}`,
      why: `The connection failed: ${error.message}.`,
      fix: 'Correct the address, start the app, or look at its certificate: Bitrix24 opens no app whose certificate a browser does not trust.',
    }
    return { findings: [finding], portal: new URL(portals[0]!).host }
  }
}

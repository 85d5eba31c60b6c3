import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { RestError } from '../../../src/portal'
import type { PortalOptions } from '../../../src/portal'
import { launchBrowser } from '../../support/browser'
import { openConnection, serveConnectionPage } from '../../support/connection-page'
import type { OpenConnection, PageServer } from '../../support/connection-page'
import { describeConnection, ECHO, REFUSAL, REFUSE } from '../connection-contract'
import type { ConnectionDriver } from '../connection-contract'

/** Messages of this module tell that all before them have arrived; the suite does not see them. */
const FENCE = 'fence'

/**
 * ms. The SDK counts a poll as a connection once it has been answered, if only that there is nothing, or after 5 s without: which
 * that is, is no business of the contract.
 */
const POLL = 250

const rest: PortalOptions['rest'] = {
  [ECHO]: params => params,
  [REFUSE]: () => {
    throw new RestError(REFUSAL, 'The test refuses it.', 403)
  },
}

/**
 * The contract suite on the SDK adapter, in Chromium, against a dev portal of one generation.
 *
 * One portal and one page for all of it; the frame is opened anew for every test.
 */
export function describeSdkConnection(name: string, server: PortalOptions['server']): void {
  let browser: Browser
  let pages: PageServer
  let open: OpenConnection

  beforeAll(async () => {
    [browser, pages] = await Promise.all([launchBrowser(), serveConnectionPage()])
    open = await openConnection(browser, { app: pages.url, server, rest, pollTimeout: POLL })
  })

  afterAll(async () => {
    await open?.close()
    await browser?.close()
    await pages?.stop()
  })

  describeConnection(`the SDK adapter on a push server of ${name}`, async () => {
    await open.reopen()
    return drive(open)
  }, { transport: server?.transport, hasPresence: server?.version === 5 && server.transport !== 'long-polling' })
}

function drive({ portal, frame, inFrame }: OpenConnection): ConnectionDriver {
  let fences = 0

  /** A round trip of the page's own through the portal: what was asked for before is answered. */
  const roundTrip = () => inFrame((_, url) => fetch(url, { method: 'POST' }).then(answer => answer.text(), () => ''), `${portal.url}/rest/server.time.json`)

  return {
    start: () => inFrame(({ connection }) => connection.start()),
    stop: () => inFrame(({ connection }) => connection.stop()),
    reconnect: () => inFrame(({ connection }) => connection.reconnect()),
    statuses: () => inFrame(({ recorded }) => [
      'idle' as const,
      ...recorded.changes.filter(change => change.previous !== change.current).map(change => change.current),
    ]),
    messages: () => inFrame(({ recorded }, fence) => recorded.messages
      .filter(message => message.module !== fence)
      .map(({ module, command, params }) => ({ module, command, params: { ...params } })), FENCE),
    gaps: () => inFrame(({ recorded }) => recorded.gaps),
    session: () => inFrame(page => page.session()),
    sessions: () => inFrame(({ recorded }) => recorded.sessions),
    call: (method, params) => inFrame((page, [name, given]) => page.call(name, given), [method, params] as const),
    connections: async () => portal.connections.length,
    unsubscribe: () => inFrame(page => page.unsubscribe()),
    watchUser: userId => inFrame((page, id) => page.watchUser(id), userId),
    unwatch: watch => inFrame((page, name) => page.unwatch(name), watch),
    presences: () => inFrame(page => page.presences),
    async emit(event) {
      portal.emit(event as Parameters<typeof portal.emit>[0])
    },
    async cut() {
      portal.faults.on('cut-connections')
    },
    async cutWithGap() {
      portal.faults.on('channel-expire', { action: 'reconnect', channel: 'shared' })
    },
    async waitForStatus(status) {
      await frame.waitForFunction(word => window.testPage.connection.state.status === word, status)
    },
    async settle() {
      await roundTrip()
      await roundTrip()
      if (await inFrame(({ connection }) => connection.state.status) !== 'connected') return
      const before = await inFrame(page => page.fencesSeen())
      fences++
      portal.emit({ module: FENCE, command: String(fences) })
      await frame.waitForFunction(seen => window.testPage.fencesSeen() > seen, before)
    },
    close: () => inFrame(({ connection }) => connection.stop()),
  }
}

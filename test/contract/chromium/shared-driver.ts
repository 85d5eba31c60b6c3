import type { Frame } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { RestError } from '../../../src/portal'
import type { PortalOptions } from '../../../src/portal'
import { serveConnectionPage } from '../../support/connection-page'
import type { PageServer } from '../../support/connection-page'
import { startRealChromium } from '../../support/real-chromium'
import type { RealChromium } from '../../support/real-chromium'
import { inFrame, openSharedFrames, rolesOf } from '../../support/shared-frames'
import type { SharedFrames } from '../../support/shared-frames'
import { describeConnection, ECHO, REFUSAL, REFUSE } from '../connection-contract'
import type { ConnectionDriver } from '../connection-contract'

const FENCE = 'fence'

const rest: PortalOptions['rest'] = {
  [ECHO]: params => params,
  [REFUSE]: () => {
    throw new RestError(REFUSAL, 'The test refuses it.', 403)
  },
}

/**
 * The contract suite on one of two frames that share a connection, in a Chromium as people have it.
 *
 * As a leader, its frame starts first and the other one follows it; as a follower, the other one leads before the test begins. Both are
 * opened anew for every test.
 */
export function describeSharedConnection(role: 'leader' | 'follower', name: string, server: PortalOptions['server']): void {
  let chromium: RealChromium
  let pages: PageServer
  let shared: SharedFrames

  beforeAll(async () => {
    [chromium, pages] = await Promise.all([startRealChromium(), serveConnectionPage()])
    shared = await openSharedFrames(chromium, pages, { server, rest })
    await shared.openTab()
  })

  afterAll(async () => {
    await shared?.close()
    await chromium?.close()
    await pages?.stop()
  })

  describeConnection(`a shared connection, as the ${role}, on a push server of ${name}`, async () => {
    await shared.reopen()
    const [tested, beside] = shared.frames() as [Frame, Frame]
    if (role === 'follower') await shared.startAll([beside])
    return drive(role, shared, tested, beside)
  }, { transport: server?.transport, hasPresence: server?.version === 5 && server.transport !== 'long-polling' })
}

function drive(role: 'leader' | 'follower', { portal, startAll }: SharedFrames, frame: Frame, beside: Frame): ConnectionDriver {
  const isFollowed = () => inFrame(beside, ({ connection }) => connection.state.status !== 'idle')
  const roundTrip = () => inFrame(frame, (_, url) => fetch(url, { method: 'POST' }).then(answer => answer.text(), () => ''), `${portal.url}/rest/server.time.json`)
  const status = () => inFrame(frame, ({ connection }) => connection.state.status)

  return {
    start: () => inFrame(frame, ({ connection }) => connection.start()),
    stop: () => inFrame(frame, ({ connection }) => connection.stop()),
    reconnect: () => inFrame(frame, ({ connection }) => connection.reconnect()),
    statuses: () => inFrame(frame, ({ recorded }) => [
      'idle' as const,
      ...recorded.changes.filter(change => change.previous !== change.current).map(change => change.current),
    ]),
    messages: () => inFrame(frame, ({ recorded }, fence) => recorded.messages
      .filter(message => message.module !== fence)
      .map(({ module, command, params }) => ({ module, command, params: { ...params } })), FENCE),
    gaps: () => inFrame(frame, ({ recorded }) => recorded.gaps),
    session: () => inFrame(frame, page => page.session()),
    sessions: () => inFrame(frame, ({ recorded }) => recorded.sessions),
    call: (method, params) => inFrame(frame, (page, [called, given]) => page.call(called, given), [method, params] as const),
    // What belongs to the frame beside is none of this page's.
    connections: async () => await status() === 'closed' && await isFollowed() ? portal.connections.length - 1 : portal.connections.length,
    unsubscribe: () => inFrame(frame, page => page.unsubscribe()),
    watchUser: userId => inFrame(frame, (page, id) => page.watchUser(id), userId),
    unwatch: watch => inFrame(frame, (page, name) => page.unwatch(name), watch),
    presences: () => inFrame(frame, page => page.presences),
    async emit(event) {
      portal.emit(event as Parameters<typeof portal.emit>[0])
    },
    async cut() {
      portal.faults.on('cut-connections')
    },
    async cutWithGap() {
      portal.faults.on('channel-expire', { action: 'reconnect', channel: 'shared' })
    },
    async waitForStatus(wanted) {
      await frame.waitForFunction(word => window.testPage.connection.state.status === word, wanted, { polling: 20 })
      if (wanted !== 'connected') return
      if (role === 'leader' && !await isFollowed()) await startAll([beside])
      const roles = await rolesOf([frame, beside])
      if (!roles.includes('leader') || !roles.includes('follower')) throw new Error(`Nothing is shared: the frames are ${roles.join(' and ')}.`)
    },
    async settle() {
      await roundTrip()
      await roundTrip()
      if (await status() !== 'connected') return
      const before = await inFrame(frame, page => page.fencesSeen())
      portal.emit({ module: FENCE, command: 'f' })
      await frame.waitForFunction(seen => window.testPage.fencesSeen() > seen, before, { polling: 20 })
    },
    close: async () => {
      for (const one of [frame, beside]) await inFrame(one, ({ connection }) => connection.stop())
    },
  }
}

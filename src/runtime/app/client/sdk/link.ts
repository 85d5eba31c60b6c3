import type { B24Frame, TypePullClientParams } from '@bitrix24/b24jssdk'
import type { Unsubscribe } from '../../../types'
import { createClock, epochNow } from '../../../utils/clock'
import { PullError } from '../../../utils/errors'
import { maskThrown } from '../../../utils/mask-secrets'
import { openFrame } from '../../frame/open-frame'
import { SLEPT, watchClock } from '../retry/clock-watch'
import type { ClockWatch } from '../retry/clock-watch'
import { chooseClient } from './choose-client'
import { judgeEnd } from './close-codes'
import { isConfigAlive } from './config-life'
import { identityOf } from './identity'
import type { SdkLink, SdkLinkEvents, SdkLinkOptions } from './link-types'
import { createPlaceKeeper } from './place-keeper'
import { watchPolicy } from './policy-watch'
import type { PolicyWatch } from './policy-watch'
import { connectionLost, policyBlocked } from '../problems'
import type { PullSdk, SdkClientEvents, SdkEnd, SdkPullClient } from './pull-client'
import { readSavedSession, wasReloaded } from './saved-session'
import { callServer } from './server-calls'
import { createServerTime } from './server-time'
import { isFinal, loadStartConfig } from './start-config'
import type { StartConfig } from './start-config'
import { HEALTHY_AFTER } from '../retry/ladder'
import { listenForNetworkLoss } from '../retry/network-loss'
import { listenForWakes } from '../retry/wakes'

/** From this many failures in a row on, the configuration is asked for anew: the push server may have moved. */
const FRESH_CONFIG_FROM = 3
/** ms */
const OTHER_TRANSPORT_AFTER = 100
/** s */
const PING_TIMEOUT = 5

/** The SDK's pull client as a link that a supervisor keeps connected. */
export function createSdkLink(options: SdkLinkOptions, events: SdkLinkEvents): SdkLink {
  let token = 0
  let frame: B24Frame | null = null
  let client: SdkPullClient | null = null
  let needsConfig = false
  let failures = 0
  let isLost = false
  const clock = createClock()
  const place = createPlaceKeeper(clock, options.resumeLimit)
  const serverTime = createServerTime(clock)
  /** When the configuration at hand was given, by the server's time. */
  let givenAt = 0
  /** By the clock; `null` while there is no connection. */
  let openedAt: number | null = null
  let sleepWatch: ClockWatch | null = null
  /** The browser has said so since the connection was opened: its socket may belong to a network that the machine has left. */
  let wasOffline = false
  let endSecondWatch: Unsubscribe | undefined
  let stopWakes: Unsubscribe | null = null
  let stopNetworkWatch: Unsubscribe | null = null
  let policy: PolicyWatch | null = null
  /** The page's policy forbids the push server's WebSocket: what is left is long polling. */
  let isWithoutSocket = false
  let attempt = new AbortController()

  /** Whether this attempt is still under way, or the connection that it has become still there. */
  const isLive = (mine: number): boolean => mine === token && !isLost

  async function open(mine: number): Promise<void> {
    // A wake has taken the place of an attempt that had not come to an end: that one has failed, too.
    if (token && !isLost && openedAt === null) failures++
    token = mine
    isLost = false
    attempt.abort()
    attempt = new AbortController()
    stopWakes ??= listenForWakes(events.onWake)
    stopNetworkWatch ??= listenForNetworkLoss(() => void (wasOffline = true))
    policy ??= watchPolicy()
    try {
      // Awaited also where it is known: a start that is stopped in the same turn must not cost a REST call.
      const current = await (frame ?? openFrame({ ...options, signal: attempt.signal, onLateAnswer: adoptLate }).then(adopt))
      if (!isLive(mine)) return
      // Asked to connect a client that takes itself for connected, the SDK would say that it is.
      if (client?.connector?.connected) closeClient()
      const config = client?.getConfig() ?? null
      if (client && config && !needsConfig && failures < FRESH_CONFIG_FROM && client.isConfigActual(config)) {
        client.goOnFrom(place.within(config))
        await client.connect()
        return
      }
      const [sdk, start] = await Promise.all([options.loadPullSdk(), (options.begin ?? loadStartConfig)(current)])
      if (!isLive(mine)) return
      events.onUser(start.userId)
      await startClient(sdk, current, start)
    }
    catch (error) {
      if (!isLive(mine)) return
      const problem = error instanceof PullError ? error : connectionLost('The push server could not be reached.', maskThrown(error))
      if (isFinal(problem)) events.onFailed(mine, problem)
      else lose(problem)
    }
  }

  function adopt(answered: B24Frame): B24Frame {
    frame = answered
    events.onFrame(answered)
    return answered
  }

  function adoptLate(answered: B24Frame): void {
    if (!frame) adopt(answered)
    events.onLateFrame()
  }

  async function startClient(sdk: PullSdk, current: B24Frame, { userId, config }: StartConfig): Promise<void> {
    closeClient()
    needsConfig = false
    serverTime.set(epochNow() - config.server.timeShift * 1000)
    givenAt = serverTime.now()
    options.intake.serverNow = serverTime.now
    const params = { b24: current, restApplication: current.auth.getUniq(options.prefix), userId, configTimestamp: config.server.config_timestamp }
    const mine = client = createClient(sdk, params)
    if (place.isUnknown && wasReloaded()) place.takeOver(readSavedSession(params))
    mine.goOnFrom(place.within(config))
    const server = isWithoutSocket ? { ...config.server, websocket_enabled: false } : config.server
    // Not the SDK's way to take over a session: it shows the id also to a server that it is not of.
    await mine.start({ ...config, server, skipReconnectToLastSession: true })
  }

  function createClient(sdk: PullSdk, params: TypePullClientParams): SdkPullClient {
    // Late events of an earlier client must not touch this one's state.
    const live = <A extends unknown[]>(handle: (...args: A) => void) => (...args: A): void => {
      if (created === client) handle(...args)
    }
    const clientEvents: SdkClientEvents = {
      onFrame: place.heard,
      onMessage: options.intake.onMessage,
      isNew: options.intake.isNew,
      onUnreadable: options.intake.onUnreadable,
      isConfigAlive: config => isConfigAlive(config, givenAt, serverTime.now()),
      onOnline: live(opened),
      onOver: live(over),
    }
    const { client: created, end } = chooseClient(sdk, params, options.modules, clientEvents, events.onWarning)
    endSecondWatch = end
    return created
  }

  function opened(): void {
    if (isLost) return
    openedAt = clock.now()
    wasOffline = false
    const identity = identityOf(client?.getConfig() ?? null)
    client?.markSession(identity)
    const gap = place.opened(identity)
    sleepWatch = watchClock(events.onWake)
    events.onOpened(token, client?.connector && 'socket' in client.connector ? 'websocket' : 'long-polling', gap)
  }

  function over(end: SdkEnd | null): void {
    const verdict = judgeEnd(end, Math.random())
    if (isLost) return
    needsConfig ||= verdict.needsConfig
    lose(verdict.reason, verdict.wait, verdict.losesId)
  }

  /** The one way in which every attempt and every connection ends, but for what no retry can mend. */
  function lose(reason: PullError, wait?: number, losesId = false): void {
    if (isLost) return
    isLost = true
    // As the ladder, by which a server that accepts and closes is no better than one that refuses.
    if (openedAt !== null && clock.now() - openedAt >= HEALTHY_AFTER) failures = 0
    failures++
    end()
    if (losesId) place.forgetId()
    const forbidden = policy?.forbids(client, frame)
    if (!forbidden) return events.onLost(token, reason, wait)
    if (!forbidden.startsWith('ws') || isWithoutSocket) return events.onFailed(token, policyBlocked(forbidden))
    isWithoutSocket = needsConfig = true
    events.onWarning(policyBlocked(forbidden))
    events.onLost(token, policyBlocked(forbidden), OTHER_TRANSPORT_AFTER)
  }

  function end(): void {
    sleepWatch?.stop()
    sleepWatch = openedAt = null
    place.ended(client)
  }

  function closeClient(): void {
    end()
    const closing = client
    client = null
    closing?.destroy()
    endSecondWatch?.()
  }

  return {
    open: mine => void open(mine),
    giveUp(mine, reason) {
      if (!isLive(mine)) return
      client?.abandon()
      lose(reason)
    },
    callServer: (method, params) => callServer(client, method, params),
    get place() {
      return place.current(client)
    },
    startAt: place.startAt,
    close() {
      token = 0
      failures = 0
      attempt.abort()
      stopWakes?.()
      stopNetworkWatch?.()
      stopWakes = stopNetworkWatch = null
      policy?.stop()
      policy = null
      closeClient()
    },
    async probe() {
      if (!client?.connector?.connected) return false
      if (client.getServerVersion() >= 5 && 'socket' in client.connector) return client.ping(PING_TIMEOUT).then(() => true, () => false)
      // Nothing to ask it by: after a sleep, or without a network in between, it counts as dead.
      return !wasOffline && (sleepWatch?.jump ?? 0) <= SLEPT
    },
  }
}

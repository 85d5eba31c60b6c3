import type * as Sdk from '@bitrix24/b24jssdk'
import { forChannels } from '../wire/read-control'
import { readFrame, readId } from '../wire/read-frame'
import type { FramePart } from '../wire/read-frame'
import type { ConnectionIdentity } from './identity'
import type { PlaceInSession, PullConfig, PullSdk, SdkClientEvents, SdkEnd, SdkPullClient } from './pull-client'

type Message = Extract<FramePart, { body: unknown }>

/** Version 5's sign of life; the SDK answers it. */
const PING = 'ping'

/** Close code for what we end ourselves. */
const MANUAL = 3004

const overridden = [
  'onIncomingMessage', 'onWebSocketDisconnect', 'connect', 'disconnect', 'isConfigActual', 'reconnect', 'restart', 'scheduleReconnect', 'scheduleRestart', 'onBeforeUnload', 'addWindowListener', 'destroy',
] as const

const used = [
  'broadcastMessage', 'ping', 'getServerVersion', 'getConfig', 'setLastMessageId', 'persistSession', 'start',
] as const

/** Names of the members that this room needs and the SDK at hand does not have. */
export function missingMembers(sdk: PullSdk): string[] {
  const prototype = sdk.B24PullClientManager?.prototype as unknown as Record<string, unknown> | undefined
  if (!prototype) return ['B24PullClientManager']
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'status')
  const missing: string[] = [...overridden, ...used].filter(name => !(name in prototype) || typeof prototype[name] !== 'function')
  if (!('session' in prototype)) missing.push('session')
  if (!descriptor?.set || !descriptor.get) missing.push('status')
  return missing
}

/** Whether a pull client of the SDK is one of {@link createSdkClient}. */
export const isOurClient = (client: object): boolean => 'abandon' in client

/**
 * A pull client of the SDK whose decisions about the connection are handed to us.
 *
 * The only place that overrides members of the SDK. Each of them is checked by {@link missingMembers} and by a test.
 */
export function createSdkClient(sdk: PullSdk, params: Sdk.TypePullClientParams, events: SdkClientEvents): SdkPullClient {
  const Base = sdk.B24PullClientManager as unknown as new (params: Sdk.TypePullClientParams) => SdkPullClient

  class CaredForClient extends Base {
    private isDestroyed = false
    private isOver = false
    /** How the socket was closed. */
    private closing: SdkEnd | null = null
    private readonly resetPlace = guardPlace(this.session)

    // The SDK compares what the server says with this machine's time.
    override isConfigActual(config: PullConfig | null): boolean {
      return !!config && events.isConfigAlive(config)
    }

    override goOnFrom(place: PlaceInSession | null): void {
      this.resetPlace(place?.lastId ?? null)
      Object.assign(this.session, { tag: place?.tag ?? null, time: place?.time ?? null })
    }

    override markSession(identity: ConnectionIdentity): void {
      Object.assign(this.session, { identity })
    }

    override get status(): string {
      return super.status
    }

    override set status(status: string) {
      const previous = super.status
      super.status = status
      if (status === previous) return
      if (status === 'online') events.onOnline()
      // A microtask later the SDK has said by one of the members below what it wants to do about it.
      else if (status === 'offline') queueMicrotask(() => this.tellOver(this.closing))
    }

    /** The SDK reports one end several times: by an error, a close, and its status. */
    private tellOver(end: SdkEnd | null): void {
      if (this.isOver) return
      this.isOver = true
      events.onOver(end)
    }

    override connect(): Promise<unknown> {
      this.isOver = false
      this.closing = null
      return super.connect()
    }

    override abandon(): void {
      this.isOver = true
      this.disconnect(MANUAL, 'given up')
    }

    override onWebSocketDisconnect(event: { code: number, reason: string }): void {
      this.closing ??= { code: event.code, text: event.reason, by: 'server' }
      super.onWebSocketDisconnect(event)
    }

    override disconnect(code: number, text: string): void {
      this.closing ??= { code, text, by: 'sdk' }
      super.disconnect(code, text)
    }

    // The SDK reads a frame so that one bad message costs the others, the place from which to go on, or an uncaught error.
    override onIncomingMessage(frame: unknown): void {
      if (this.isDestroyed) return
      events.onFrame()
      if (frame === PING) return super.onIncomingMessage(frame)
      for (const part of readFrame(frame, this.getServerVersion())) {
        // A listener may have stopped the connection: what it has not heard, the server sends again after the next start.
        if (this.isDestroyed) return
        if ('unreadable' in part) events.onUnreadable(part.unreadable)
        else if ('answer' in part) this.takeAnswer(part.answer)
        else this.takeMessage(part)
      }
    }

    private takeAnswer(answer: string): void {
      try {
        super.onIncomingMessage(answer)
      }
      catch {
        events.onUnreadable('it answers a call in a form that the SDK cannot read')
      }
    }

    private takeMessage({ id, body, tag, time }: Message): void {
      if (id) this.setLastMessageId(id)
      if (tag) this.session.tag = tag
      if (time) this.session.time = time
      if (!id || events.isNew(id)) this.takeBody(body, id)
      if (id && this.getServerVersion() >= 5 && !this.isDestroyed) this.connector?.send(`mack:${id}`)
    }

    private takeBody(body: unknown, id: string | null): void {
      const control = events.onMessage(body, id)
      if (control) super.broadcastMessage(forChannels(control, this.getConfig()?.channels ?? {}))
    }

    override destroy(): void {
      this.isDestroyed = true
      super.destroy()
    }

    // From here on: the SDK's own timers and decisions to connect again. There is one ladder, and it is ours.
    override scheduleReconnect(): void {
      // Not where it has only changed from long polling to the socket.
      if (!this.connector?.connected) this.tellOver(this.closing)
    }

    override scheduleRestart(code: number, text: string): void {
      this.tellOver(this.closing ?? { code, text, by: 'sdk' })
    }

    override reconnect(code: number, text: string): void {
      this.endWith(code, text)
    }

    override restart(code = 1000, text = ''): void {
      this.endWith(code, text)
    }

    private endWith(code: number, text: string): void {
      this.disconnect(code, text)
      this.tellOver({ code, text, by: 'sdk' })
    }

    // The SDK also mutes its status and schedules a connection: wrong where the person stays on the page after all.
    override onBeforeUnload(): void {
      this.persistSession()
    }

    override addWindowListener(type: string, handler: EventListener): void {
      // Only `beforeunload`, which saves the session for a reload; `online` and `offline` would connect beside us.
      if (type === 'beforeunload') super.addWindowListener(type, handler)
    }
  }

  return withoutStorageListener(() => new CaredForClient(params))
}

/**
 * The SDK clears the id of the last message where a frame or a poll's answer has none, and would go on with a gap that nobody notices.
 * What this returns does put it somewhere else.
 */
function guardPlace(session: SdkPullClient['session']): (id: string | null) => void {
  let place = readId(session.mid)
  Object.defineProperty(session, 'mid', {
    enumerable: true,
    configurable: true,
    get: () => place,
    set: (id: unknown) => void (place = readId(id) ?? place),
  })
  return id => void (place = id)
}

/** The SDK's constructor adds a `storage` listener that `destroy()` does not remove; it serves nothing here. */
function withoutStorageListener<T>(construct: () => T): T {
  const add = window.addEventListener
  window.addEventListener = function (this: Window, type: string, ...rest: unknown[]) {
    if (type !== 'storage') Reflect.apply(add, this ?? window, [type, ...rest])
  } as typeof window.addEventListener
  try {
    return construct()
  }
  finally {
    window.addEventListener = add
  }
}

import * as sdk from '@bitrix24/b24jssdk'
import { useEventBus } from '@vueuse/core'
import mitt from 'mitt'
import { createPinia, defineStore } from 'pinia'
import { createApp, effectScope, onScopeDispose, watch } from 'vue'
import type { App } from 'vue'
import { createIntake } from '../../src/runtime/app/client/wire/intake'
import { createSdkClient } from '../../src/runtime/app/client/sdk/client'
import { usePullCommand } from '../../src/runtime/app/composables/usePullCommand'
import { defaultAppOptions } from '../../src/runtime/app/app-options'
import { createPull } from '../../src/runtime/app/create-pull'
import { createEngine } from '../../src/runtime/app/create-engine'
import type { Probe } from '../../src/runtime/app/hub/probe'
import { usePullStore } from '../../src/runtime/app/stores/usePullStore'
import type { PullConnection, PullMessage } from '../../src/runtime/types'
import { createEmitter } from '../../src/runtime/utils/emitter'
import { clientParams, config } from './feed'
import type { Body } from './feed'

export type Handler = (params: unknown) => void

/** One way for an app to hear of pull commands, over a real client of the SDK. */
export interface Contestant {
  name: ContestantName
  /** A frame of the push server, as the socket gives it to the SDK's client. */
  receive: (frame: string) => void
  /** A message's body, as the frame carried it: from here on nobody reads JSON any more. */
  take: (body: Body) => void
  /** What a component's setup does: subscribes, until its scope ends. */
  use: (module: string, command: string, handler: Handler) => void
  /** The same without a component; the caller ends it. */
  subscribe: (module: string, command: string, handler: Handler) => () => void
  /** In which `use` works. */
  app: App
  close: () => void
}

/** A figure of each, by name. */
export type Figures = Record<string, number>

export type ContestantName = 'ours' | 'sdk' | 'sdkCommand' | 'mitt' | 'eventBus' | 'pinia'

const nothing = { render: () => null }

/** The SDK's client, started by its own `start()` over a socket that says nothing. */
async function startedClient(): Promise<{ client: sdk.B24PullClientManager, door: Pick<Contestant, 'receive' | 'take' | 'close'> }> {
  const client = new sdk.B24PullClientManager(clientParams())
  await client.start(config())
  const { onIncomingMessage, broadcastMessage } = client as unknown as { onIncomingMessage: (frame: string) => void, broadcastMessage: (body: Body) => void }
  return { client, door: {
    receive: frame => onIncomingMessage.call(client, frame),
    take: body => broadcastMessage.call(client, body),
    close: () => client.destroy(),
  } }
}

/** Subscribes by hand and ends it with the scope, as components do. */
function withUse(subscribe: Contestant['subscribe']): Pick<Contestant, 'subscribe' | 'use'> {
  return { subscribe, use: (...args) => void onScopeDispose(subscribe(...args)) }
}

/** @param probe as development builds have one */
export async function ours(probe?: Probe): Promise<Contestant> {
  const messages = createEmitter<PullMessage>()
  const intake = createIntake({ onMessage: messages.emit, onTrouble: (kind, text) => {
    throw new Error(`${kind}: ${text}`)
  } })
  const client = createSdkClient(sdk, clientParams(), { ...intake, isConfigAlive: () => true, onFrame() {}, onOnline() {}, onOver() {} })
  await client.start(config())
  const never = () => () => {}
  const connection: PullConnection = {
    state: { status: 'connected', reason: null, attempt: 0, nextRetryAt: null },
    session: { frame: null, userId: 1, transport: 'websocket', role: 'solo' },
    start() {},
    stop() {},
    reconnect() {},
    onMessage: messages.on,
    onStatus: never,
    onSession: never,
    onGap: never,
    watchUser: never,
    call: () => Promise.reject(new Error('no REST here')),
  }
  const app = createApp(nothing).use(createPinia())
  const { context, install, dispose } = createPull({
    options: { ...defaultAppOptions, logLevel: 'silent', portalHint: null },
    store: app.runWithContext(() => usePullStore()),
    createEngine: parts => createEngine(parts, connection),
    // The Nuxt plugin tells its hook of each message.
    tell() {},
  }, probe)
  install(app)
  return {
    name: 'ours',
    app,
    receive: frame => client.onIncomingMessage(frame),
    take: body => void intake.onMessage(body, null),
    use: (module, command, handler) => void usePullCommand(module, command, handler),
    subscribe: (module, command, handler) => context.pull.on(module, command, handler),
    close() {
      dispose()
      client.destroy()
    },
  }
}

/** What `useSubscribePullClient` does, with the question for the command in each component. */
async function sdkByHand(): Promise<Contestant> {
  const { client, door } = await startedClient()
  return { name: 'sdk', app: createApp(nothing), ...door, ...withUse((moduleId, command, handler) => client.subscribe({
    moduleId,
    callback: (message: { command: string, params: unknown }) => {
      if (message.command === command) handler(message.params)
    },
  })) }
}

async function sdkPerCommand(): Promise<Contestant> {
  const { client, door } = await startedClient()
  return { name: 'sdkCommand', app: createApp(nothing), ...door, ...withUse((moduleId, command, handler) => client.subscribe({
    moduleId,
    command,
    callback: (params: unknown) => handler(params),
  } as never)) }
}

/** Subscribes at the SDK once per module, for contestants that hand messages on by means of their own. */
function forward(client: sdk.B24PullClientManager, onMessage: (module: string, command: string, params: unknown) => void): (module: string) => void {
  const heard = new Set<string>()
  return (moduleId) => {
    if (heard.has(moduleId)) return
    heard.add(moduleId)
    client.subscribe({ moduleId, callback: ({ command, params }: { command: string, params: unknown }) => onMessage(moduleId, command, params) })
  }
}

async function overMitt(): Promise<Contestant> {
  const { client, door } = await startedClient()
  const bus = mitt<Record<string, unknown>>()
  const hear = forward(client, (module, command, params) => bus.emit(`${module}:${command}`, params))
  return { name: 'mitt', app: createApp(nothing), ...door, ...withUse((module, command, handler) => {
    hear(module)
    const key = `${module}:${command}`
    bus.on(key, handler)
    return () => bus.off(key, handler)
  }) }
}

/** Event buses are found by their key all over a process: each contestant has keys of its own. */
let buses = 0

async function overEventBus(): Promise<Contestant> {
  const { client, door } = await startedClient()
  const own = buses++
  const hear = forward(client, (module, command, params) => useEventBus<unknown>(`${own}:${module}:${command}`).emit(params))
  function subscribe(module: string, command: string, handler: Handler): () => void {
    hear(module)
    return useEventBus<unknown>(`${own}:${module}:${command}`).on(handler)
  }
  // It ends with the scope by itself.
  return { name: 'eventBus', app: createApp(nothing), ...door, subscribe, use: (...args) => void subscribe(...args) }
}

/** Messages the deep array keeps at most: without an end it would only measure memory. */
const KEPT = 1000

const useMessages = defineStore('messages', {
  state: () => ({ messages: [] as { module: string, command: string, params: unknown }[], total: 0 }),
  actions: {
    push(module: string, command: string, params: unknown) {
      this.messages.push({ module, command, params })
      if (this.messages.length > KEPT) this.messages.splice(0, KEPT / 2)
      this.total++
    },
  },
})

/** Components watch a counter, which is kinder than watching the array deeply, and look at the last message. */
async function overPinia(): Promise<Contestant> {
  const { client, door } = await startedClient()
  const app = createApp(nothing).use(createPinia())
  const store = app.runWithContext(() => useMessages())
  const hear = forward(client, (module, command, params) => store.push(module, command, params))
  function use(module: string, command: string, handler: Handler): void {
    hear(module)
    watch(() => store.total, () => {
      const last = store.messages.at(-1)
      if (last?.module === module && last.command === command) handler(last.params)
    }, { flush: 'sync' })
  }
  return { name: 'pinia', app, ...door, use, subscribe(...args) {
    const scope = effectScope(true)
    scope.run(() => use(...args))
    return () => scope.stop()
  } }
}

/** By `$b24Pull.on()` in the place of `usePullCommand()`: it calls a handler and keeps nothing, as those of the others. */
async function oursByOn(): Promise<Contestant> {
  const contestant = await ours()
  return { ...contestant, ...withUse(contestant.subscribe) }
}

const rivals = { sdk: sdkByHand, sdkCommand: sdkPerCommand, mitt: overMitt, eventBus: overEventBus, pinia: overPinia }

/** In the order in which they are shown. */
export const contestants: Record<ContestantName, () => Promise<Contestant>> = { ours, ...rivals }
export const crowdContestants = { ours, oursOn: oursByOn, ...rivals }

export const names = Object.keys(contestants) as ContestantName[]

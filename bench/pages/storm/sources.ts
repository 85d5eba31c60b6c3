import { initializeB24Frame, LoadDataType, useB24Helper } from '@bitrix24/b24jssdk'
import { useEventBus } from '@vueuse/core'
import mitt from 'mitt'
import { defineStore } from 'pinia'
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { App } from 'vue'
import { createB24Pull, usePullCommand, usePullStore } from '../../../src/vue'

/** What the page shows and what its components hear by. */
export interface Source {
  /** Before the app is mounted. */
  install: (app: App) => void
  /** In the page's setup. */
  useView: () => { rows: () => readonly Row[], total: () => number }
  /** In the setup of each listening component. */
  useListener: (handler: (params: Record<string, unknown>) => void) => void
  isConnected: () => boolean
}

export interface Row { readonly params: Readonly<Record<string, unknown>> }

const MODULE = 'application'
const COMMAND = 'tick'
const ROWS = 100

interface Message { command: string, params: Record<string, unknown> }
interface PullClient {
  subscribe: (options: { moduleId: string, command?: string, callback: (message: never) => void }) => () => void
  isConnected: () => boolean
}

const ours = (): Source => {
  const pull = createB24Pull()
  let app: App
  return {
    install: to => void (app = to.use(pull)),
    useView() {
      const store = usePullStore()
      return { rows: () => store.messages, total: () => store.counts.get(MODULE)?.get(COMMAND) ?? 0 }
    },
    useListener: handler => void usePullCommand(MODULE, COMMAND, handler),
    isConnected: () => app.config.globalProperties.$b24Pull.isConnected.value,
  }
}

/** The SDK's own four calls; its client, once it is there. */
async function startSdk(): Promise<PullClient> {
  const { initB24Helper, usePullClient, startPullClient, getB24Helper } = useB24Helper()
  await initB24Helper(await initializeB24Frame(), [LoadDataType.Profile])
  usePullClient()
  startPullClient()
  return (getB24Helper() as unknown as { _b24PullClient: PullClient })._b24PullClient
}

/** Rows and total as an app keeps them by hand; kinder than a deep `ref`. */
function keepRows(onMessage: (take: (message: Message) => void) => void): ReturnType<Source['useView']> {
  const rows = shallowRef<readonly Row[]>([])
  const total = shallowRef(0)
  onMessage(({ params }) => {
    rows.value = [...rows.value.slice(1 - ROWS), { params }]
    total.value++
  })
  return { rows: () => rows.value, total: () => total.value }
}

async function sdkByHand(): Promise<Source> {
  const client = await startSdk()
  const hear = (take: (message: Message) => void) => onScopeDispose(client.subscribe({ moduleId: MODULE, callback: (message: Message) => {
    if (message.command === COMMAND) take(message)
  } }))
  return { install() {}, isConnected: () => client.isConnected(), useView: () => keepRows(hear), useListener: handler => hear(({ params }) => handler(params)) }
}

async function sdkPerCommand(): Promise<Source> {
  const client = await startSdk()
  const hear = (take: (message: Message) => void) => onScopeDispose(client.subscribe({
    moduleId: MODULE, command: COMMAND, callback: (params: Record<string, unknown>) => take({ command: COMMAND, params }),
  }))
  return { install() {}, isConnected: () => client.isConnected(), useView: () => keepRows(hear), useListener: handler => hear(({ params }) => handler(params)) }
}

async function overMitt(): Promise<Source> {
  const client = await startSdk()
  const bus = mitt<Record<string, Message>>()
  client.subscribe({ moduleId: MODULE, callback: (message: Message) => bus.emit(message.command, message) })
  const hear = (take: (message: Message) => void) => {
    bus.on(COMMAND, take)
    onScopeDispose(() => bus.off(COMMAND, take))
  }
  return { install() {}, isConnected: () => client.isConnected(), useView: () => keepRows(hear), useListener: handler => hear(({ params }) => handler(params)) }
}

async function overEventBus(): Promise<Source> {
  const client = await startSdk()
  client.subscribe({ moduleId: MODULE, callback: (message: Message) => useEventBus<Message>(message.command).emit(message) })
  const hear = (take: (message: Message) => void) => void useEventBus<Message>(COMMAND).on(take)
  return { install() {}, isConnected: () => client.isConnected(), useView: () => keepRows(hear), useListener: handler => hear(({ params }) => handler(params)) }
}

const useMessages = defineStore('messages', {
  state: () => ({ messages: [] as Message[] }),
})

/** Components watch the length, which is kinder than watching the array deeply, and take what is new. */
async function overPinia(): Promise<Source> {
  const client = await startSdk()
  return {
    install() {
      const store = useMessages()
      client.subscribe({ moduleId: MODULE, callback: (message: Message) => void store.messages.push(message) })
    },
    isConnected: () => client.isConnected(),
    useView() {
      const store = useMessages()
      return { rows: () => store.messages.slice(-ROWS), total: () => store.messages.length }
    },
    useListener(handler) {
      const store = useMessages()
      watch(() => store.messages.length, (now, before) => {
        for (const message of store.messages.slice(before, now)) {
          if (message.command === COMMAND) handler(message.params)
        }
      })
    },
  }
}

/**
 * The same, with one of the components that watches the array deeply: the list. Were all of them to, 5,000 messages would take
 * minutes; so would they if the store kept more than the list shows.
 */
async function overDeepPinia(): Promise<Source> {
  const client = await startSdk()
  const total = shallowRef(0)
  const last = shallowRef<Message>()
  return {
    install() {
      const store = useMessages()
      client.subscribe({ moduleId: MODULE, callback: (message: Message) => {
        store.messages.push(message)
        if (store.messages.length > ROWS) store.messages.shift()
        last.value = message
        total.value++
      } })
    },
    isConnected: () => client.isConnected(),
    useView() {
      const store = useMessages()
      const rows = shallowRef<readonly Row[]>([])
      watch(() => store.messages, messages => void (rows.value = [...messages]), { deep: true })
      return { rows: () => rows.value, total: () => total.value }
    },
    useListener(handler) {
      watch(last, message => message?.command === COMMAND && handler(message.params))
    },
  }
}

export const sources: Record<string, () => Source | Promise<Source>> = {
  ours, sdk: sdkByHand, sdkCommand: sdkPerCommand, mitt: overMitt, eventBus: overEventBus, pinia: overPinia, piniaDeep: overDeepPinia,
}

import type { InjectionKey, Ref, ShallowRef } from 'vue'
import type { LogEntry, PortalState, StreamMessage } from '../../../types'
import { provide, ref, shallowRef } from 'vue'
import { useStream } from '../control/stream'
import { createLog } from './log'
import { injectOwn } from '../shared/inject-own'

type AnswerListener = (frameId: string, message: string) => void

/** All the page knows, and only from the engine's stream. */
export interface PortalClient {
  readonly state: Readonly<ShallowRef<PortalState>>
  /** Oldest first. */
  readonly log: Readonly<ShallowRef<readonly LogEntry[]>>
  /** Entries that are gone since the log was last emptied. */
  readonly dropped: Readonly<Ref<number>>
  /** False until the first snapshot has come. */
  readonly isReady: Readonly<Ref<boolean>>
  /** Whether the engine answers now. */
  readonly isLive: Readonly<Ref<boolean>>
  /** Hears answers to frames that took their time. */
  onAnswer: (listener: AnswerListener) => void
}

const key: InjectionKey<PortalClient> = Symbol('portal')

const emptyState: PortalState = {
  url: '',
  app: '',
  users: [],
  currentUserId: 0,
  frames: [],
  connections: [],
  connectionCount: 0,
  faults: [],
  server: { version: 4, transport: 'websocket', mode: 'shared', history: 0 },
  placements: [],
  boundEvents: [],
  showsRawFrames: false,
  holdPoints: [],
  held: [],
  isRecording: false,
  isInstalled: true,
  dialogs: [],
}

/** Connects to the engine; the components below take part by {@link usePortal}. */
export function providePortal(): PortalClient {
  const state = shallowRef(emptyState)
  const isReady = ref(false)
  const isLive = ref(true)
  const log = createLog()
  const answerListeners = new Set<AnswerListener>()

  function take(message: StreamMessage) {
    if (message.type === 'snapshot') {
      state.value = message.state
      log.replace(message.log, message.dropped)
      isReady.value = true
    }
    else if (message.type === 'state') state.value = message.state
    else if (message.type === 'log') log.add(message.entries, message.dropped)
    else if (message.type === 'log-cleared') log.replace([], 0)
    else for (const listener of answerListeners) listener(message.frameId, message.message)
  }

  useStream(take, live => (isLive.value = live))

  const client: PortalClient = {
    state,
    log: log.entries,
    dropped: log.dropped,
    isReady,
    isLive,
    onAnswer: listener => answerListeners.add(listener),
  }
  provide(key, client)
  return client
}

export const usePortal = (): PortalClient => injectOwn(key, 'usePortal')

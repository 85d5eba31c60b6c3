import { createPinia } from 'pinia'
import type { Pinia } from 'pinia'
import { defaultAppOptions } from '../runtime/app/app-options'
import { createPull } from '../runtime/app/create-pull'
import type { CreatedPull } from '../runtime/app/create-pull'
import { createEngine } from '../runtime/app/create-engine'
import { pullKey } from '../runtime/app/pull-context'
import type { PullContext } from '../runtime/app/pull-context'
import type { PullStore } from '../runtime/app/stores/usePullStore'
import type { PullConnection, PullRole, PullStatus } from '../runtime/types'
import { createSchemaLookup } from '../runtime/schema/command-schemas'
import type { PullError } from '../runtime/utils/errors'
import { createLogger } from '../runtime/utils/logger'
import type { PullLogger } from '../runtime/utils/logger'
import { normalizeCommands, normalizeModule } from '../runtime/utils/names'
import { argumentError, checkFields } from '../runtime/utils/argument-error'
import { withoutUndefined } from '../runtime/utils/without-undefined'
import { checkParams } from '../runtime/rest/params-rules'
import { checkUserIds } from '../runtime/rest/user-ids'
import { createRecordingPlayer } from '../runtime/recording/play-recording'
import { readRecording } from '../runtime/recording/read-recording'
import { createAppPulls, storeIn } from './app-pulls'
import { act } from './act'
import { createFakeConnection } from './fake-connection'
import type { FakeCall } from './fake-connection'
import { createMutedLogger } from './muted-logger'
import { toRefusal, toState } from './reasons'
import type { TestingReason, TestingRetry } from './reasons'
import { sentCommands } from './sent-command'
import type { EmitOptions, TestingPull, TestingPullOptions } from './types'

/** ms */
const GAP_LENGTH = 60_000

const statuses: readonly PullStatus[] = ['idle', 'connecting', 'connected', 'reconnecting', 'suspended', 'failed', 'closed']

const roles: readonly PullRole[] = ['leader', 'follower', 'solo']

const optionNames: readonly (keyof TestingPullOptions)[] = ['status', 'userId', 'role', 'modules', 'history', 'commands', 'logLevel', 'recording']

const writeAtOnce = (write: () => void) => ({ request: write, cancel: () => {} })

/**
 * A pull for unit tests of components: no browser, no network, no Nuxt. It is connected from the start.
 *
 * It uses the app's Pinia, a testing one too, where that is installed before it, and else brings one.
 *
 * @param options where it starts, who the user is, schemas, and a recording to play; see {@link TestingPullOptions}
 * @throws PullError `ARGUMENT_ERROR` for options that there are none of, a status or role that there is none of, schemas that are none, or a
 * recording that is none: the message names its line
 *
 * @example
 * ```ts
 * import { mount } from '@vue/test-utils'
 * import { createTestingPull } from 'nuxt-b24-pull/testing'
 * import { usePullCommand } from 'nuxt-b24-pull/vue'
 * import { h } from 'vue'
 *
 * const DealCount = { setup: () => ({ count: usePullCommand('application', 'deal.saved').count }), render: ({ count }: { count: number }) => h('p', count) }
 *
 * const testing = createTestingPull()
 * const wrapper = mount(DealCount, { global: { plugins: [testing] } })
 * testing.emit('application', 'deal.saved', { id: '42' })
 * await wrapper.vm.$nextTick()
 * console.info(wrapper.text()) // 1
 * ```
 */
export function createTestingPull(options: TestingPullOptions = {}): TestingPull {
  checkFields('The options of createTestingPull()', options, optionNames)
  if (options.role !== undefined && !roles.includes(options.role)) throw argumentError('The option `role`', options.role, `one of ${roles.join(', ')}`)
  const { status = 'connected', userId = 1, role = 'solo', modules = ['application'], history = 100, commands, logLevel = 'warn', recording } = options
  const connection = createFakeConnection()
  const errors: PullError[] = []
  const logger = createMutedLogger(createLogger(logLevel))
  let ownPinia: Pinia | null = null

  const ownSchemas = commands && createSchemaLookup(commands)

  const create = (to: PullConnection, store: PullStore, log: PullLogger, schemaOf = ownSchemas): CreatedPull => createPull({
    options: { ...defaultAppOptions, modules, history, logLevel, portalHint: null },
    store,
    logger: log,
    schemaOf,
    createEngine: parts => createEngine({ ...parts, createScheduler: writeAtOnce }, to),
    tell: (...[name, value]) => name === 'error' && errors.push(value),
  })

  /** For the test itself. Its store is never seen, and its log would repeat that of the apps. */
  const { context: { pull } } = create(connection, storeIn(createPinia()), createLogger('silent'))

  /** The end of an app is not the end of the connection: the test may mount the next one. */
  const appConnection: PullConnection = Object.create(connection, { stop: { value: () => {} } })
  const appPulls = createAppPulls((store, schemaOf) => create(appConnection, store, logger, ownSchemas ?? schemaOf))

  connection.setSession({ userId, role })
  setStatus(status)

  const player = createRecordingPlayer(recording === undefined ? [] : readRecording(recording).entries, entry => act(entry, connection, run => logger.muted(run)))

  function setStatus(next: PullStatus, reason?: TestingReason, retry: TestingRetry = {}): void {
    if (!statuses.includes(next)) throw argumentError('The status', next, `one of ${statuses.join(', ')}`)
    // A status that the test itself has chosen is no news to whoever reads its output.
    logger.muted(() => connection.setState(toState(next, reason, retry)))
  }

  /** As in life: who is not connected hears nothing. */
  function arrive(message: Parameters<typeof connection.receive>[0]): boolean {
    if (connection.state.status !== 'connected') return false
    connection.receive(message)
    return true
  }

  return {
    install(app) {
      const { $pinia } = app.config.globalProperties as { $pinia?: Pinia }
      const pinia = $pinia ?? (ownPinia ??= createPinia())
      if (!$pinia) app.use(pinia)
      const { provides } = app._context
      const replaced = provides[pullKey as symbol] as PullContext | undefined
      // Of a Nuxt app: what it says of its own connection would be written to the same store.
      replaced?.pull.stop()
      // Not by `provide()`, which would say that there is a pull already.
      provides[pullKey as symbol] = { ...appPulls.join(app, pinia, replaced?.schemaOf).context, pull }
    },
    pull,
    emit(module: string, command: string, params: unknown = {}, { type = 'server', extra = {} }: EmitOptions = {}) {
      if (type !== 'server' && type !== 'client' && type !== 'online') throw argumentError('The type of emit()', type, '\'server\', \'client\' or \'online\'')
      const name = type === 'online' ? module : normalizeModule(module)
      if (name === '*') throw argumentError('The module of emit()', name, 'the module id of one message')
      const one = normalizeCommands(command)
      if (typeof one !== 'string' || one === '*') throw argumentError('The command of emit()', command, 'the command of one message')
      const written = checkParams(params)
      return arrive({ module: name, command: one, params: written, extra, type })
    },
    setStatus,
    setOnline(userId, online) {
      checkUserIds([userId], 'Give the id of one user.')
      if (typeof online !== 'boolean') throw argumentError('The second argument of setOnline()', online, 'true or false')
      return arrive({ module: 'online', command: 'userStatusChange', params: { user_id: userId, online }, type: 'online' })
    },
    reportGap(gap = {}) {
      const now = Date.now()
      connection.reportGap({ cause: 'no-id', from: now - GAP_LENGTH, to: now, ...withoutUndefined(gap) })
    },
    recording: player,
    get sent() {
      return sentCommands(connection.calls)
    },
    calls: connection.calls,
    errors,
    answerWith(answer) {
      connection.answer = typeof answer === 'function' ? answer as (call: FakeCall) => unknown : () => answer
    },
    failWith(error) {
      connection.answer = ({ method }) => {
        throw toRefusal(method, error)
      }
    },
  }
}

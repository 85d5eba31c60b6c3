import { mount } from '@vue/test-utils'
import type { VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import type { Pinia } from 'pinia'
import { h } from 'vue'
import type { App, Component, EffectScope } from 'vue'
import { onTestFinished, vi } from 'vitest'
import { defaultAppOptions } from '../../src/runtime/app/app-options'
import { createPull } from '../../src/runtime/app/create-pull'
import type { CreatedPull } from '../../src/runtime/app/create-pull'
import { createEngine } from '../../src/runtime/app/create-engine'
import type { Probe } from '../../src/runtime/app/hub/probe'
import { pullKey } from '../../src/runtime/app/pull-context'
import { usePullStore } from '../../src/runtime/app/stores/usePullStore'
import type { PullStore } from '../../src/runtime/app/stores/usePullStore'
import type { PullCommandSchemas, PullGap, PullMessage, PullStatusChange } from '../../src/runtime/types'
import { createSchemaLookup } from '../../src/runtime/schema/command-schemas'
import type { PullError } from '../../src/runtime/utils/errors'
import type { PullLogger } from '../../src/runtime/utils/logger'
import { createFakeConnection } from '../../src/testing/fake-connection'
import type { FakeConnection } from '../../src/testing/fake-connection'

export interface TestPullOptions {
  connection?: FakeConnection
  /**
   * Whether it is connected from the beginning.
   * @default true
   */
  isStarted?: boolean
  /** @default ['application'] */
  modules?: string[]
  /** @default 100 */
  history?: number
  appScope?: EffectScope
  commands?: PullCommandSchemas
  /** Watches what becomes of messages. */
  probe?: Probe
}

/** The real parts put together over the testing connection, with ears at every way out. */
export interface TestPull extends CreatedPull {
  connection: FakeConnection
  pinia: Pinia
  store: PullStore
  logger: { [Level in keyof PullLogger]: ReturnType<typeof vi.fn<PullLogger[Level]>> }
  /** What was told outside, in order. */
  told: { messages: PullMessage[], statuses: PullStatusChange[], gaps: PullGap[], errors: [PullError, PullMessage | undefined][] }
  /** The plugin that makes an app use it. */
  install: (app: App) => void
}

export function createTestPull({ connection = createFakeConnection(), isStarted = true, modules = ['application'], history = 100, appScope, commands, probe }: TestPullOptions = {}): TestPull {
  const pinia = createPinia()
  const store = usePullStore(pinia)
  const logger = { error: vi.fn(), warn: vi.fn(), notice: vi.fn(), debug: vi.fn() }
  const told: TestPull['told'] = { messages: [], statuses: [], gaps: [], errors: [] }
  const created = createPull({
    options: { ...defaultAppOptions, modules, history, portalHint: null },
    store, logger, appScope, schemaOf: commands && createSchemaLookup(commands),
    createEngine: parts => createEngine(parts, connection),
    tell(...[name, value, message]) {
      if (name === 'message') told.messages.push(value)
      else if (name === 'status') told.statuses.push(value)
      else if (name === 'gap') told.gaps.push(value)
      else told.errors.push([value, message])
    },
  }, probe)
  if (isStarted) connection.start()
  onTestFinished(created.dispose)
  return {
    ...created, connection, pinia, store, logger, told,
    install(app) {
      app.use(pinia)
      app.provide(pullKey, created.context)
    },
  }
}

/** Mounts a component in an app that uses the pull; unmounts it with the test. */
export function mountWithPull(component: Component, pull: TestPull = createTestPull(), props: Record<string, unknown> = {}): VueWrapper {
  const wrapper = mount(component, { global: { plugins: [{ install: pull.install }] }, props })
  onTestFinished(() => wrapper.unmount())
  return wrapper
}

/** Runs a composable in a component's setup. */
export function useInComponent<T>(use: () => T, pull: TestPull = createTestPull()): { result: T, pull: TestPull, wrapper: VueWrapper } {
  let result: { value: T } | undefined
  const wrapper = mountWithPull({
    setup() {
      result = { value: use() }
      return () => h('i')
    },
  }, pull)
  return { result: result!.value, pull, wrapper }
}

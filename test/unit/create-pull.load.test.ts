// @vitest-environment happy-dom
import { createPinia } from 'pinia'
import { expect, it, onTestFinished, vi } from 'vitest'
import { defaultAppOptions } from '../../src/runtime/app/app-options'
import { createPull } from '../../src/runtime/app/create-pull'
import { usePullStore } from '../../src/runtime/app/stores/usePullStore'
import type { PullStatusChange } from '../../src/runtime/types'
import { PATIENCE } from '../support/patience'

vi.mock('../../src/runtime/app/engine', () => {
  throw new TypeError('Failed to fetch dynamically imported module')
})

const logger = { error: vi.fn(), warn: vi.fn(), notice: vi.fn(), debug: vi.fn() }

/** A pull whose engine cannot be loaded. */
function createLackingPull() {
  const told: PullStatusChange[] = []
  const store = usePullStore(createPinia())
  const { context, dispose } = createPull({
    options: { ...defaultAppOptions, portalHint: null },
    store,
    logger,
    tell: (...[name, value]) => name === 'status' && told.push(value),
  })
  onTestFinished(() => {
    dispose()
    vi.clearAllMocks()
  })
  return { context, store, told }
}

it('has failed, and the console, the hook and the store say so, when its code cannot be loaded', async () => {
  const { context: { pull }, store, told } = createLackingPull()
  await pull.start()
  expect([pull.status.value, pull.reason.value?.code, store.status, store.reason?.code]).toEqual(['failed', 'LOAD_FAILED', 'failed', 'LOAD_FAILED'])
  expect(told.map(({ current, reason }) => [current, reason?.code])).toEqual([['connecting', undefined], ['failed', 'LOAD_FAILED']])
  expect(logger.error).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/could not be loaded.*Reload/s), expect.anything())
}, PATIENCE)

it('keeps what is subscribed meanwhile, and refuses what needs the code', async () => {
  const { context } = createLackingPull()
  const off = context.pull.on('crm', 'ping', () => {})
  await expect(context.engine()).rejects.toMatchObject({ code: 'LOAD_FAILED' })
  await expect(context.call('profile', {})).rejects.toMatchObject({ code: 'LOAD_FAILED' })
  off()
})

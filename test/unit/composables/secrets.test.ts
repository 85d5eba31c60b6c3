// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import type { SchemaResult, StandardSchemaV1 } from '../../../src/runtime/types'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { usePullRefresh } from '../../../src/runtime/app/composables/usePullRefresh'
import { usePullState } from '../../../src/runtime/app/composables/usePullState'
import { createTestPull, useInComponent } from '../../support/mount-with-pull'
import { PATIENCE } from '../../support/patience'

const token = '1f2e3d4c005a6b7c0000000100000001f0f1d2c3b4a5968778695a4b3c2d1e0f1a2b3c'

/** As errors of a REST client are, which repeat the request. */
function fail(): never {
  throw new Error(`POST /rest/crm.deal.list?auth=${token} failed`)
}

const schema = (validate: () => SchemaResult<unknown>): StandardSchemaV1 => ({ '~standard': { version: 1, vendor: 'test', validate } })

/** All that an error shows to whoever looks into it. */
function textsOf(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? ''
  return [error, error.message, error.stack, JSON.stringify(error), textsOf(error.cause)].join('\n')
}

it.each<[string, string, () => unknown]>([
  ['a handler', 'HANDLER_FAILED', () => usePullCommand('crm', 'ping', fail)],
  ['a filter', 'FILTER_FAILED', () => usePullCommand('crm', 'ping', { filter: fail })],
  ['a schema', 'SCHEMA_FAILED', () => usePullCommand('crm', 'ping', { schema: schema(fail) })],
  ['what a schema finds', 'SCHEMA_MISMATCH', () => usePullCommand('crm', 'ping', { schema: schema(() => ({ issues: [{ message: `auth=${token} is none` }] })) })],
  ['a reducer', 'REDUCER_FAILED', () => usePullState(() => 1, { ping: fail }, { module: 'crm', initial: 1 })],
  ['a fetcher', 'FETCHER_FAILED', () => usePullRefresh(fail)],
])('no secret of %s reaches hook or log', async (_, code, use) => {
  const pull = createTestPull()
  useInComponent(use, pull)
  pull.connection.receive({ module: 'crm', command: 'ping' })
  await vi.waitFor(() => expect(pull.told.errors).toHaveLength(1), PATIENCE)
  const error = pull.told.errors[0]![0]
  expect(error).toMatchObject({ code, message: expect.stringContaining('***') })
  expect([error, ...pull.logger.error.mock.calls.flat()].map(textsOf).join('\n')).not.toContain(token)
})

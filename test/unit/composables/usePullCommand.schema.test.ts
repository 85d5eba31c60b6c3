// @vitest-environment happy-dom
import { type } from 'arktype'
import * as v from 'valibot'
import { nextTick, ref } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { QUEUE_LIMIT } from '../../../src/runtime/schema/schema-gate'
import type { StandardSchemaV1 } from '../../../src/runtime/types'
import { PATIENCE } from '../../support/patience'
import { settle } from '../../support/settle'
import { createTestPull, useInComponent } from '../../support/mount-with-pull'

const ping = { module: 'application', command: 'ping', params: { id: 1 } }
const wrong = { ...ping, params: { id: 'one' } }

/** A validator that answers with promises, settled by the test in any order. */
function createSlowSchema() {
  const asked: { id: unknown, pass: () => void, refuse: () => void, fail: (cause: Error) => void }[] = []
  const schema: StandardSchemaV1<unknown, { id: number }> = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: value => new Promise((resolve, reject) => {
        const { id } = value as { id: number }
        asked.push({ id, pass: () => resolve({ value: { id } }), refuse: () => resolve({ issues: [{ message: 'refused' }] }), fail: reject })
      }),
    },
  }
  return { schema, asked }
}

describe.each([
  ['Zod', z.object({ id: z.number() })],
  ['Valibot', v.object({ id: v.number() })],
  ['ArkType', type({ id: 'number' })],
])('a schema of %s', (vendor, schema) => {
  it('lets a message pass that matches', () => {
    const handler = vi.fn()
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', handler, { schema }))
    pull.connection.receive(ping)
    expect(handler).toHaveBeenCalledExactlyOnceWith({ id: 1 }, expect.objectContaining(ping))
    expect([result.data.value, result.message.value?.params, result.count.value, result.error.value]).toEqual([{ id: 1 }, { id: 1 }, 1, null])
  })

  it('keeps one that does not from the handler, and tells error and the hook, with the issues', () => {
    const handler = vi.fn()
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', handler, { schema }))
    pull.connection.receive(wrong)
    expect(handler).not.toHaveBeenCalled()
    expect([result.data.value, result.message.value, result.count.value]).toEqual([undefined, undefined, 0])
    expect(result.error.value).toMatchObject({
      name: 'PullError',
      code: 'SCHEMA_MISMATCH',
      message: expect.stringMatching(/^The params of 'application' \/ 'ping' do not match their schema: id: .+\.$/),
      issues: [{ message: expect.any(String), path: ['id'] }],
    })
    expect(pull.told.errors).toEqual([[result.error.value, expect.objectContaining(wrong)]])
  })
})

describe('what a schema gives out', () => {
  const schema = z.object({ id: z.coerce.number(), at: z.iso.date().transform(text => new Date(text)).optional(), by: z.string().default('nobody') })

  it('is what handler, filter, data and message get', () => {
    const filter = vi.fn(() => true)
    const handler = vi.fn()
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', handler, { schema, filter }))
    pull.connection.receive({ ...ping, params: { id: '7', at: '2026-01-02', more: 1 } })
    const expected = { id: 7, at: new Date('2026-01-02'), by: 'nobody' }
    expect(filter).toHaveBeenCalledWith(expect.objectContaining({ params: expected }))
    expect(handler.mock.lastCall).toEqual([expected, expect.objectContaining({ params: expected })])
    expect([result.data.value, result.message.value?.params]).toEqual([expected, expected])
  })

  it('concerns no other subscription, and neither store nor hook', () => {
    const other = vi.fn()
    const { pull } = useInComponent(() => {
      usePullCommand('application', 'ping', undefined, { schema })
      usePullCommand('application', 'ping', other)
    })
    pull.connection.receive({ ...ping, params: { id: '7' } })
    expect(other.mock.lastCall?.[0]).toEqual({ id: '7' })
    expect(pull.told.messages.at(-1)?.params).toEqual({ id: '7' })
  })

  it('is validated on replay, too', async () => {
    const pull = createTestPull()
    pull.connection.receive({ ...ping, params: { id: '7' } })
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, { schema, replay: true }), pull)
    await nextTick()
    expect(result.data.value).toEqual({ id: 7, by: 'nobody' })
  })

  it.each([['at once', schema], ['with a promise', schema.refine(() => Promise.resolve(true))]])('is what the filter gets on replay where the schema answers %s', async (_, given) => {
    const pull = createTestPull()
    for (const id of ['7', '8', '9']) pull.connection.receive({ ...ping, params: { id } })
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, { schema: given, replay: true, filter: ({ params }) => params.id === 7 }), pull)
    await vi.waitFor(() => expect(result.count.value).toBe(1), { timeout: PATIENCE })
    expect([result.data.value, result.error.value]).toEqual([{ id: 7, by: 'nobody' }, null])
  })

  it('gives way to a newer message while an earlier one is looked for', async () => {
    const pull = createTestPull()
    for (const id of ['7', '8']) pull.connection.receive({ ...ping, params: { id } })
    const slow = schema.refine(() => Promise.resolve(true))
    const seen: unknown[] = []
    const { result } = useInComponent(() => usePullCommand('application', 'ping', ({ id }) => void seen.push(id), { schema: slow, replay: true, filter: ({ params }) => params.id !== 8 }), pull)
    pull.connection.receive({ ...ping, params: { id: '9' } })
    await vi.waitFor(() => expect(result.count.value).toBe(1), { timeout: PATIENCE })
    await settle()
    expect(seen).toEqual([9])
  })
})

describe('a mismatch', () => {
  it('does not use up `once`', () => {
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', undefined, { schema: z.object({ id: z.number() }), once: true }))
    for (const message of [wrong, ping, ping]) pull.connection.receive(message)
    expect([result.count.value, result.isActive.value]).toEqual([1, false])
  })

  it('names the first three issues, and counts the others', () => {
    const schema = z.object({ a: z.string(), b: z.object({ c: z.string() }), d: z.string(), e: z.string(), f: z.string() })
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', undefined, { schema }))
    pull.connection.receive({ ...ping, params: { b: {} } })
    expect(result.error.value?.message).toMatch(/schema: a: [^;]+; b\.c: [^;]+; d: [^;]+; 2 more\.$/)
    expect(result.error.value?.issues).toHaveLength(5)
  })
})

describe('a schema that fails itself', () => {
  it.each([
    ['throws', () => {
      throw new Error('boom')
    }],
    ['rejects', () => Promise.reject(new Error('boom'))],
  ])('is an error of its own when it %s', async (_, validate) => {
    const schema: StandardSchemaV1 = { '~standard': { version: 1, vendor: 'test', validate } }
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', undefined, { schema }))
    pull.connection.receive(ping)
    await settle()
    expect(result.error.value).toMatchObject({ code: 'SCHEMA_FAILED', message: 'The schema of \'application\' / \'ping\' failed: boom.', cause: new Error('boom') })
    expect(result.count.value).toBe(0)
  })

  it('is told where it is given, if it is no validator at all', () => {
    expect(() => usePullCommand('application', 'ping', undefined, { schema: { parse: () => {} } as never })).toThrow(expect.objectContaining({ code: 'ARGUMENT_ERROR' }))
  })
})

describe('a schema that answers with a promise', () => {
  function listen(slow = createSlowSchema(), options: { once?: boolean } = {}) {
    const handler = vi.fn<(params: unknown) => unknown>()
    const used = useInComponent(() => usePullCommand('application', 'ping', handler, { schema: slow.schema, ...options }))
    const send = (...ids: number[]) => ids.forEach(id => used.pull.connection.receive({ ...ping, params: { id } }))
    return { ...used, ...slow, handler, send, heard: () => handler.mock.calls.map(([params]) => (params as { id: number }).id) }
  }

  it('keeps messages in their order, one at a time', async () => {
    const { asked, send, heard } = listen()
    send(1, 2, 3)
    expect(asked.map(({ id }) => id)).toEqual([1])
    for (let i = 0; i < 3; i++) {
      asked[i]!.pass()
      await settle()
    }
    expect(heard()).toEqual([1, 2, 3])
  })

  it('does not hold up another subscription', () => {
    const slow = createSlowSchema()
    const other = vi.fn()
    const { pull } = useInComponent(() => {
      usePullCommand('application', 'ping', undefined, { schema: slow.schema })
      usePullCommand('application', 'ping', other)
    })
    pull.connection.receive(ping)
    expect(other).toHaveBeenCalledOnce()
  })

  it('goes on after a message that it refuses or fails on', async () => {
    const { asked, send, heard, result, pull } = listen()
    send(1, 2, 3)
    asked[0]!.refuse()
    await settle()
    expect(result.error.value).toMatchObject({ code: 'SCHEMA_MISMATCH', issues: [{ message: 'refused', path: [] }] })
    asked[1]!.fail(new Error('boom'))
    await settle()
    expect(result.error.value).toMatchObject({ code: 'SCHEMA_FAILED' })
    asked[2]!.pass()
    await settle()
    expect(heard()).toEqual([3])
    expect(pull.told.errors.map(([error, message]) => [error.code, message?.params.id])).toEqual([['SCHEMA_MISMATCH', 1], ['SCHEMA_FAILED', 2]])
  })

  it('does not wait for the handler', async () => {
    const { asked, send, heard, handler } = listen()
    handler.mockReturnValue(new Promise(() => {}))
    send(1, 2)
    asked[0]!.pass()
    await settle()
    asked[1]!.pass()
    await settle()
    expect(heard()).toEqual([1, 2])
  })

  it('hands a handler\'s error over as any other', async () => {
    const { asked, send, handler, result } = listen()
    handler.mockImplementationOnce(() => {
      throw new Error('mine')
    })
    send(1, 2)
    asked[0]!.pass()
    await settle()
    expect(result.error.value).toMatchObject({ code: 'HANDLER_FAILED', cause: new Error('mine') })
    asked[1]!.pass()
    await settle()
    expect(handler).toHaveBeenCalledTimes(2)
  })

  it('delivers what a handler lets arrive after what waited already', async () => {
    const { asked, send, heard, handler } = listen()
    handler.mockImplementationOnce(() => send(3))
    send(1, 2)
    for (let i = 0; i < 3; i++) {
      asked[i]!.pass()
      await settle()
    }
    expect(heard()).toEqual([1, 2, 3])
  })

  it('stops with the first message it lets pass, where that is asked for', async () => {
    const { asked, send, heard, result } = listen(createSlowSchema(), { once: true })
    send(1, 2, 3)
    asked[0]!.refuse()
    await settle()
    asked[1]!.pass()
    await settle()
    expect(heard()).toEqual([2])
    expect([asked.length, result.isActive.value]).toEqual([2, false])
  })

  it.each(['stop', 'pause'] as const)('forgets what waits on %s()', async (end) => {
    const { asked, send, heard, result, pull } = listen()
    send(1, 2)
    result[end]()
    asked[0]!.pass()
    await settle()
    expect([heard(), asked.length, pull.told.errors]).toEqual([[], 1, []])
  })

  it('forgets what waits when the component unmounts, also the error of a refused message', async () => {
    const { asked, send, heard, result, wrapper } = listen()
    send(1)
    wrapper.unmount()
    asked[0]!.refuse()
    await settle()
    expect([heard(), result.error.value]).toEqual([[], null])
  })

  it('takes nothing more from a dispatch during which it was stopped', async () => {
    const slow = createSlowSchema()
    const handler = vi.fn()
    const { pull } = useInComponent(() => {
      usePullCommand('application', 'ping', () => later.stop())
      const later = usePullCommand('application', 'ping', handler, { schema: slow.schema })
    })
    pull.connection.receive(ping)
    slow.asked[0]!.pass()
    await settle()
    expect(handler).not.toHaveBeenCalled()
  })

  it('begins anew after resume()', async () => {
    const { asked, send, heard, result } = listen()
    send(1)
    result.pause()
    result.resume()
    send(2)
    asked[1]!.pass()
    await settle()
    asked[0]!.pass()
    await settle()
    expect(heard()).toEqual([2])
  })

  it('forgets what waits when the command changes', async () => {
    const slow = createSlowSchema()
    const command = ref('ping')
    const { result, pull } = useInComponent(() => usePullCommand('application', command, undefined, { schema: slow.schema }))
    pull.connection.receive(ping)
    command.value = 'pong'
    slow.asked[0]!.pass()
    await settle()
    expect(result.count.value).toBe(0)
  })

  it(`holds ${QUEUE_LIMIT} messages, and tells of more by error and gap: at once, and when it is empty again`, async () => {
    const { asked, heard, result, pull } = listen()
    for (let id = 1; id <= QUEUE_LIMIT + 3; id++) pull.connection.receive({ ...ping, params: { id }, receivedAt: id })
    expect(result.error.value).toMatchObject({ code: 'QUEUE_OVERFLOW', message: expect.stringMatching(/^A message was dropped/) })
    expect(pull.told.gaps).toEqual([{ cause: 'overflow', from: QUEUE_LIMIT + 1, to: QUEUE_LIMIT + 1 }])

    for (let i = 0; i < QUEUE_LIMIT; i++) {
      asked[i]!.pass()
      await settle()
    }
    expect(heard()).toEqual(Array.from({ length: QUEUE_LIMIT }, (_, i) => i + 1))
    expect(pull.told.gaps[1]).toEqual({ cause: 'overflow', from: QUEUE_LIMIT + 1, to: QUEUE_LIMIT + 3 })
    expect(result.error.value?.message).toMatch(/^3 messages were dropped/)
    expect(pull.told.errors.map(([{ code }]) => code)).toEqual(['QUEUE_OVERFLOW', 'QUEUE_OVERFLOW'])
  })
})

describe('the schemas of the option `commands`', () => {
  const commands = { Application: { ping: z.object({ id: z.coerce.number() }), pong: z.object({ ok: z.boolean() }) } }

  it('validate subscriptions of their commands, whatever the case of the module', () => {
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping'), createTestPull({ commands }))
    pull.connection.receive({ ...ping, params: { id: '1' } })
    expect(result.data.value).toEqual({ id: 1 })
    pull.connection.receive({ ...ping, params: {} })
    expect(result.error.value).toMatchObject({ code: 'SCHEMA_MISMATCH' })
    expect(result.count.value).toBe(1)
  })

  it('validate each of a list by its own', () => {
    const { result, pull } = useInComponent(() => usePullCommand('application', ['ping', 'pong', 'other']), createTestPull({ commands }))
    const heard: unknown[] = []
    for (const message of [{ ...ping, params: { id: '1' } }, { ...ping, command: 'pong', params: { ok: true } }, { ...ping, command: 'other', params: { any: 1 } }]) {
      pull.connection.receive(message)
      heard.push(result.data.value)
    }
    expect(heard).toEqual([{ id: 1 }, { ok: true }, { any: 1 }])
  })

  it('give way to a schema of the subscription\'s own', () => {
    const schema = z.object({ id: z.string() })
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', undefined, { schema }), createTestPull({ commands }))
    pull.connection.receive({ ...ping, params: { id: '1' } })
    expect(result.data.value).toEqual({ id: '1' })
  })

  it.each([['application', '*'], ['*', '*'], ['*', 'ping'], ['application', ['*']]])('leave alone who listens to %j / %j', (module, command) => {
    const { result, pull } = useInComponent(() => usePullCommand(module, command), createTestPull({ commands }))
    pull.connection.receive(wrong)
    expect(result.data.value).toEqual({ id: 'one' })
  })

  it('are found by names that they have, not by those of every object', () => {
    const { result, pull } = useInComponent(() => usePullCommand('constructor', '__proto__'), createTestPull({ commands }))
    pull.connection.receive({ module: 'constructor', command: '__proto__' })
    expect([result.count.value, result.error.value]).toEqual([1, null])
  })
})

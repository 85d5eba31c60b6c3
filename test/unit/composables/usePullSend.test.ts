// @vitest-environment happy-dom
import { reactive } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { restProblem } from '../../../src/runtime/rest/rest-problem'
import { usePullSend } from '../../../src/runtime/app/composables/usePullSend'
import { createTestPull, useInComponent } from '../../support/mount-with-pull'
import { PATIENCE } from '../../support/patience'

const method = 'pull.application.event.add'

function refuse(code: string, status = 400): never {
  throw restProblem(method, { code, status, description: '' })
}

describe('sendAsync()', () => {
  it('sends as the module application, with no params', async () => {
    const { result, pull } = useInComponent(() => usePullSend())
    await expect(result.sendAsync('ping')).resolves.toBeUndefined()
    expect(pull.connection.calls).toMatchObject([{ method, params: { MODULE_ID: 'application', COMMAND: 'ping', PARAMS: {} } }])
  })

  it('sends module, params and receivers', async () => {
    const { result, pull } = useInComponent(() => usePullSend('crm'))
    await result.sendAsync('ping', { id: 1 }, { userId: [1, 2] })
    expect(pull.connection.calls).toMatchObject([{ method, params: { MODULE_ID: 'crm', COMMAND: 'ping', PARAMS: { id: 1 }, USER_ID: [1, 2] } }])
  })

  it('sends params as they were when it was called, also those of a form that is emptied at once', async () => {
    const { result, pull } = useInComponent(() => usePullSend())
    const form = reactive({ title: 'Desks', rows: [{ id: 1 }] })
    const userId = [1, 2]
    const sent = result.sendAsync('ping', form, { userId })
    form.rows[0]!.id = 0
    form.rows.length = 0
    form.title = ''
    userId.push(3)
    await sent
    expect(pull.connection.calls).toMatchObject([{ params: { PARAMS: { title: 'Desks', rows: [{ id: 1 }] }, USER_ID: [1, 2] } }])
  })

  it.each<[string, () => object]>([
    ['params.self is an object that contains itself', () => {
      const params: Record<string, unknown> = {}
      params.self = params
      return params
    }],
    ['params.get is not to be read', () => ({ get get() {
      throw new Error('mine')
    } })],
    ['kept under a symbol', () => ({ [Symbol('mine')]: 1 })],
    ['an instance of Map', () => ({ map: new Map() })],
    ['levels deep', () => JSON.parse(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)],
  ])('refuses what JSON cannot carry as ever: %s', async (said, make) => {
    const { result } = useInComponent(() => usePullSend())
    await expect(result.sendAsync('ping', make() as never)).rejects.toMatchObject({ code: 'PARAMS_ERROR', message: expect.stringContaining(said) })
  })

  it('outlives its component', async () => {
    const { result, pull, wrapper } = useInComponent(() => usePullSend())
    wrapper.unmount()
    await result.sendAsync('ping')
    expect(pull.connection.calls).toHaveLength(1)
  })

  it.each([
    ['crm', 'two words', {}, undefined, 'COMMAND_ERROR'],
    ['my-app', 'ping', {}, undefined, 'MODULE_ID_ERROR'],
    ['*', 'ping', {}, undefined, 'MODULE_ID_ERROR'],
    ['pull', 'ping', {}, undefined, 'MODULE_RESERVED'],
    ['online', 'ping', {}, undefined, 'MODULE_RESERVED'],
    ['crm', 'ping', [], undefined, 'PARAMS_ERROR'],
    ['crm', 'ping', {}, 0, 'USER_ID_ERROR'],
    ['crm', 'ping', {}, [], 'USER_ID_ERROR'],
  ])('refuses %j / %j / %j / %j before the call', async (module, command, params, userId, code) => {
    const { result, pull } = useInComponent(() => usePullSend(module))
    await expect(result.sendAsync(command, params as never, { userId })).rejects.toMatchObject({ code })
    expect(result.error.value).toMatchObject({ code })
    expect(pull.connection.calls).toEqual([])
  })

  it.each([
    ['USER_ID_ACCESS_ERROR', 400, 'USER_ID_ACCESS_ERROR'], ['MODULE_ID_ERROR', 400, 'MODULE_ID_ERROR'], ['COMMAND_ERROR', 400, 'COMMAND_ERROR'],
    ['PARAMS_ERROR', 400, 'PARAMS_ERROR'], ['WRONG_AUTH_TYPE', 403, 'WRONG_AUTH_TYPE'], ['insufficient_scope', 403, 'INSUFFICIENT_SCOPE'],
    ['QUERY_LIMIT_EXCEEDED', 503, 'QUERY_LIMIT_EXCEEDED'], ['expired_token', 401, 'AUTH_EXPIRED'], ['INTERNAL_SERVER_ERROR', 500, 'REST_FAILED'],
  ])('rejects with the platform\'s %s (%i), and keeps it in error', async (platformCode, status, code) => {
    const { result, pull } = useInComponent(() => usePullSend())
    pull.connection.answer = () => refuse(platformCode, status)
    const error = await result.sendAsync('ping').catch(problem => problem)
    expect(error).toMatchObject({ name: 'PullError', code })
    expect(result.error.value).toBe(error)
  })
})

describe('send()', () => {
  it('answers nothing, and has sent when the portal has taken it', async () => {
    const { result, pull } = useInComponent(() => usePullSend())
    expect(result.send('ping', { id: 1 })).toBeUndefined()
    expect(result.isSending.value).toBe(true)
    await vi.waitUntil(() => !result.isSending.value, { timeout: PATIENCE })
    expect(pull.connection.calls).toHaveLength(1)
  })

  it('never throws: a refusal is in error, in the log and in the hook', async () => {
    const { result, pull } = useInComponent(() => usePullSend())
    pull.connection.answer = () => refuse('insufficient_scope', 403)
    result.send('ping')
    await vi.waitUntil(() => result.error.value, { timeout: PATIENCE })
    expect(result.error.value).toMatchObject({ code: 'INSUFFICIENT_SCOPE' })
    expect(pull.told.errors).toEqual([[result.error.value, undefined]])
    expect(pull.logger.error).toHaveBeenCalledOnce()
  })

  it('reaches no error handler of the app when a template calls it', async () => {
    const pull = createTestPull()
    const failed = vi.fn()
    const { wrapper, result } = useInComponent(() => usePullSend(), pull)
    wrapper.vm.$.appContext.config.errorHandler = failed
    result.send('two words')
    await vi.waitUntil(() => result.error.value, { timeout: PATIENCE })
    expect(failed).not.toHaveBeenCalled()
  })

  it.each([null, 5, 'all', [2], { userIds: [2] }, { userId: 2, to: 3 }])('refuses %j for options: it would go to everybody', async (options) => {
    const { result, pull } = useInComponent(() => usePullSend())
    await expect(result.sendAsync('ping', {}, options as never)).rejects.toMatchObject({ code: 'ARGUMENT_ERROR' })
    expect(pull.connection.calls).toEqual([])
  })
})

describe('error', () => {
  it('is cleared by the next success', async () => {
    const { result, pull } = useInComponent(() => usePullSend())
    pull.connection.answer = () => refuse('COMMAND_ERROR')
    await result.sendAsync('ping').catch(() => {})
    expect(result.error.value).not.toBeNull()
    pull.connection.answer = () => true
    await result.sendAsync('ping')
    expect(result.error.value).toBeNull()
  })

  it('belongs to one use alone', async () => {
    const pull = createTestPull()
    const { result } = useInComponent(() => [usePullSend(), usePullSend()], pull)
    await result[0]!.sendAsync('two words').catch(() => {})
    expect(result[1]!.error.value).toBeNull()
  })
})

describe('isSending', () => {
  it('is true until every call is over, whether it succeeds or fails', async () => {
    const { result, pull } = useInComponent(() => usePullSend())
    const answers: { resolve: (value: unknown) => void, reject: (error: unknown) => void }[] = []
    pull.connection.answer = () => new Promise((resolve, reject) => answers.push({ resolve, reject }))
    expect(result.isSending.value).toBe(false)
    const first = result.sendAsync('ping')
    const second = result.sendAsync('ping')
    await vi.waitFor(() => expect(answers).toHaveLength(2), { timeout: PATIENCE })
    answers[0]!.resolve(true)
    await first
    expect(result.isSending.value).toBe(true)
    answers[1]!.reject(new Error('gone'))
    await second.catch(() => {})
    expect(result.isSending.value).toBe(false)
  })
})

it('throws NO_CONTEXT where no app can be told', () => {
  expect(() => usePullSend()).toThrow(expect.objectContaining({ code: 'NO_CONTEXT' }))
})

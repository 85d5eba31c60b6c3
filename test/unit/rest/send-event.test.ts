import { describe, expect, it, vi } from 'vitest'
import { restProblem } from '../../../src/runtime/rest/rest-problem'
import { sendEvent } from '../../../src/runtime/rest/send-event'

const event = { module: 'application', command: 'ping', params: { id: 1 } }
const method = 'pull.application.event.add'

const refusing = (code: string, status: number, description = '') => () => Promise.reject(restProblem(method, { code, status, description }))

describe('sendEvent', () => {
  it('calls the platform\'s method once', async () => {
    const call = vi.fn(() => Promise.resolve(true))
    await sendEvent(call, event)
    expect(call).toHaveBeenCalledExactlyOnceWith(method, { MODULE_ID: 'application', COMMAND: 'ping', PARAMS: { id: 1 } })
  })

  it('calls nothing when the event is wrong', async () => {
    const call = vi.fn(() => Promise.resolve(true))
    await expect(sendEvent(call, { ...event, command: 'two words' })).rejects.toMatchObject({ code: 'COMMAND_ERROR' })
    expect(call).not.toHaveBeenCalled()
  })

  it.each([
    ['USER_ID_ACCESS_ERROR', 400, 'USER_ID_ACCESS_ERROR'],
    ['MODULE_ID_ERROR', 400, 'MODULE_ID_ERROR'],
    ['COMMAND_ERROR', 400, 'COMMAND_ERROR'],
    ['PARAMS_ERROR', 400, 'PARAMS_ERROR'],
    ['WRONG_AUTH_TYPE', 403, 'WRONG_AUTH_TYPE'],
    ['insufficient_scope', 403, 'INSUFFICIENT_SCOPE'],
    ['ACCESS_DENIED', 403, 'REST_NOT_AVAILABLE'],
    ['PORTAL_DELETED', 403, 'REST_NOT_AVAILABLE'],
    ['QUERY_LIMIT_EXCEEDED', 503, 'QUERY_LIMIT_EXCEEDED'],
    ['expired_token', 401, 'AUTH_EXPIRED'],
    ['invalid_token', 401, 'AUTH_EXPIRED'],
    ['NO_AUTH_FOUND', 401, 'AUTH_EXPIRED'],
    ['INTERNAL_SERVER_ERROR', 500, 'REST_FAILED'],
  ])('says what to do about the platform\'s %s (%i)', async (code, status, expected) => {
    const error = await sendEvent(refusing(code, status), event).catch(problem => problem)
    expect(error).toMatchObject({ code: expected, cause: { code, status } })
    expect([error.message, error.why, error.fix].every(text => text.length > 10)).toBe(true)
  })

  it('repeats what the platform says about the refusal', async () => {
    await expect(sendEvent(refusing('COMMAND_ERROR', 400, 'Command format error'), event)).rejects.toThrow('Command format error')
  })

  it('keeps an error that is not the platform\'s as it is', async () => {
    const failure = new Error('mine')
    await expect(sendEvent(() => Promise.reject(failure), event)).rejects.toBe(failure)
  })
})

import { describe, expect, it, vi } from 'vitest'
import { restProblem } from '../../../src/runtime/rest/rest-problem'
import { sendNotification } from '../../../src/runtime/rest/send-notification'

const method = 'pull.application.push.add'
const notification = { userId: 2, text: 'Hello' }

const refusing = (code: string, status: number, description = '') => () => Promise.reject(restProblem(method, { code, status, description }))

describe('sendNotification', () => {
  it.each([
    [notification, { USER_ID: '2', TEXT: 'Hello' }],
    [{ ...notification, userId: [2, 3] }, { USER_ID: [2, 3], TEXT: 'Hello' }],
    [{ ...notification, avatar: 'https://example.com/a.png' }, { USER_ID: '2', TEXT: 'Hello', AVATAR: 'https://example.com/a.png' }],
  ])('calls the platform\'s method once: %o', async (given, params) => {
    const call = vi.fn(() => Promise.resolve(true))
    await sendNotification(call, given)
    expect(call).toHaveBeenCalledExactlyOnceWith(method, params)
  })

  it.each([
    ['USER_ID_ERROR', { ...notification, userId: undefined }],
    ['USER_ID_ERROR', { ...notification, userId: [] }],
    ['USER_ID_ERROR', { ...notification, userId: [2, '3'] }],
    ['USER_ID_ERROR', { ...notification, userId: 0 }],
    ['TEXT_ERROR', { ...notification, text: ' ' }],
    ['TEXT_ERROR', { ...notification, text: 5 }],
    ['AVATAR_ERROR', { ...notification, avatar: '' }],
    ['AVATAR_ERROR', { ...notification, avatar: 5 }],
  ])('calls nothing when something is wrong: %s', async (code, given) => {
    const call = vi.fn(() => Promise.resolve(true))
    await expect(sendNotification(call, given)).rejects.toMatchObject({ code })
    expect(call).not.toHaveBeenCalled()
  })

  it.each([
    ['ACCESS_ERROR', 400, 'ACCESS_ERROR'],
    ['TEXT_ERROR', 400, 'TEXT_ERROR'],
    ['EMPTY_APP_NAME', 400, 'EMPTY_APP_NAME'],
    ['WRONG_AUTH_TYPE', 403, 'WRONG_AUTH_TYPE'],
    ['insufficient_scope', 403, 'INSUFFICIENT_SCOPE'],
    ['QUERY_LIMIT_EXCEEDED', 503, 'QUERY_LIMIT_EXCEEDED'],
    ['INTERNAL_SERVER_ERROR', 500, 'REST_FAILED'],
  ])('says what to do about the platform\'s %s (%i)', async (code, status, expected) => {
    const error = await sendNotification(refusing(code, status), notification).catch(problem => problem)
    expect(error).toMatchObject({ code: expected, cause: { code, status } })
    expect([error.message, error.why, error.fix].every(text => text.length > 10)).toBe(true)
  })

  it('repeats what the platform says about the text', async () => {
    await expect(sendNotification(refusing('TEXT_ERROR', 400, 'Text can\'t be empty.'), notification)).rejects.toThrow('Text can\'t be empty.')
  })

  it('keeps an error that is not the platform\'s as it is', async () => {
    const failure = new Error('mine')
    await expect(sendNotification(() => Promise.reject(failure), notification)).rejects.toBe(failure)
  })
})

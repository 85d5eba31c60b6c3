import { describe, expect, it } from 'vitest'
import { toFailure } from '../../../src/runtime/rest/call-rest'
import { restProblem } from '../../../src/runtime/rest/rest-problem'

describe('toFailure', () => {
  it('keeps code, status and message of an error of the SDK, and not the request', () => {
    const error = Object.assign(new Error('No access'), { code: 'ACCESS_DENIED', status: 403, originalError: { config: { data: 'auth=secret' } } })
    expect(toFailure(error)).toEqual({ code: 'ACCESS_DENIED', status: 403, description: 'No access' })
  })

  it('looks into the wrapper that the SDK puts around a token that could not be renewed', () => {
    const originalError = Object.assign(new Error('refreshAuth: no answer'), { code: 'JSSDK_FRAME_REFRESH_AUTH_TIMEOUT', status: 408 })
    const error = Object.assign(new Error('refreshAuth: no answer'), { code: 'JSSDK_UNKNOWN_ERROR', status: 0, originalError })
    expect(toFailure(error)).toEqual({ code: 'JSSDK_FRAME_REFRESH_AUTH_TIMEOUT', status: 408, description: 'refreshAuth: no answer' })
  })

  it('keeps the wrapper where what is inside has no code', () => {
    const error = Object.assign(new Error('Boom'), { code: 'JSSDK_UNKNOWN_ERROR', status: 0, originalError: new TypeError('Boom') })
    expect(toFailure(error).code).toBe('JSSDK_UNKNOWN_ERROR')
  })

  it.each([undefined, null, 'text', {}])('makes something of %j', (error) => {
    expect(toFailure(error)).toEqual({ code: 'UNKNOWN', status: 0, description: '' })
  })
})

describe('an error text that repeats the request', () => {
  const token = '1f2e3d4c005a6b7c0000000100000001f0f1d2c3b4a5968778695a4b3c2d1e0f1a2b3c'

  it.each([
    ['the text', { code: 'ERROR_CORE', status: 400, message: `Wrong call: {"auth":"${token}","CHANNEL_ID":"abc"}` }],
    ['the code', { code: `auth=${token}`, status: 400, message: 'no' }],
    ['an error of renewing the token', { code: 'JSSDK_UNKNOWN_ERROR', message: 'unknown', originalError: { code: 'ERROR_OAUTH', message: `refresh_token=${token}` } }],
  ])('brings its secrets into no part of an error: %s', (_, error) => {
    const { message, why, fix, cause } = restProblem('profile', toFailure(error))
    expect(JSON.stringify([message, why, fix, cause])).not.toMatch(/1f2e3d4c|"abc"/)
  })
})

import { describe, expect, it } from 'vitest'
import { toHandlerError } from '../../../src/runtime/app/hub/handler-error'
import type { PullMessage } from '../../../src/runtime/types'
import { PullError } from '../../../src/runtime/utils/errors'

const message: PullMessage = { module: 'crm', command: 'ping', params: {}, extra: {}, type: 'server', receivedAt: 1, source: 'test' }

describe('toHandlerError', () => {
  it('names the module, the command and what the handler said', () => {
    const failure = new TypeError('no such field')
    const error = toHandlerError(failure, message)
    expect(error).toMatchObject({ code: 'HANDLER_FAILED', cause: failure })
    expect(error.message).toBe('A handler of \'crm\' / \'ping\' failed: no such field.')
  })

  it.each([undefined, null, 'text', { some: 'object' }])('takes a thrown %s, too', (thrown) => {
    expect(toHandlerError(thrown, message)).toMatchObject({ code: 'HANDLER_FAILED', message: 'A handler of \'crm\' / \'ping\' failed.', cause: thrown })
  })

  it('keeps an error of this module as it is', () => {
    const error = new PullError({ code: 'FILTER_FAILED', message: 'm', why: 'w', fix: 'f' })
    expect(toHandlerError(error, message)).toBe(error)
  })
})

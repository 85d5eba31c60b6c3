import { describe, expect, it } from 'vitest'
import { failedBy } from '../../../src/runtime/utils/failed-by'

const details = { code: 'HANDLER_FAILED', what: 'A handler', why: 'It threw.', fix: 'See `cause`.' } as const

describe('an error of the app\'s own', () => {
  it('is told by what it says, without secrets', () => {
    const error = failedBy(new Error('auth=1f2e3d4c005a6b7c'), details)
    expect(error).toMatchObject({ code: 'HANDLER_FAILED', message: 'A handler failed: auth=***.', cause: { message: 'auth=***' } })
  })

  it('is passed on where it is no error', () => {
    expect(failedBy(7, details)).toMatchObject({ message: 'A handler failed.', cause: 7 })
  })
})

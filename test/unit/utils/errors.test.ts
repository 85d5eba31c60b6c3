import { describe, expect, it } from 'vitest'
import { PullError } from '../../../src/runtime/utils/errors'

const details = { code: 'NO_PULL', message: 'It happened.', why: 'Because.', fix: 'Do this.' } as const
const text = 'PullError NO_PULL: It happened.\n  Why: Because.\n  Fix: Do this.\n  See: nuxt-b24-pull/docs/errors.md#no_pull'

describe('PullError', () => {
  it('says as text what happened, why, what to do, and where more is written', () => {
    expect(String(new PullError(details))).toBe(text)
  })

  it('begins its stack with the same, which a console shows of what nobody caught', () => {
    const { stack } = new PullError(details)
    expect(stack?.startsWith(`${text}\n    at `)).toBe(true)
    expect(stack?.match(/It happened/g)).toHaveLength(1)
  })

  it('keeps its message alone, to be shown beside `fix`', () => {
    expect(new PullError(details).message).toBe('It happened.')
  })

  it('does so where the engine\'s stacks have no heading', () => {
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    const { stack } = new PullError(details)
    Error.stackTraceLimit = stackTraceLimit
    expect(stack).toContain(text)
  })
})

import { describe, expect, it } from 'vitest'
import { toEventParams } from '../../../src/runtime/rest/event-rules'
import type { EventInput } from '../../../src/runtime/rest/event-rules'

const event: EventInput = { module: 'application', command: 'reload.options', params: { from: 'settings' } }

function codeOf(change: Partial<EventInput>): unknown {
  try {
    toEventParams({ ...event, ...change })
    return null
  }
  catch (error) {
    return (error as { code?: unknown }).code
  }
}

describe('toEventParams', () => {
  it('writes an event as the platform wants it', () => {
    expect(toEventParams(event)).toEqual({ MODULE_ID: 'application', COMMAND: 'reload.options', PARAMS: { from: 'settings' } })
  })

  it.each([[5, '5'], [[1, 2], [1, 2]]])('names the receivers %j', (userId, expected) => {
    expect(toEventParams({ ...event, userId })).toMatchObject({ USER_ID: expected })
  })

  it.each(['a', 'A1_', 'x:y', 'x|y', 'x.y-z'])('accepts the command %j', (command) => {
    expect(codeOf({ command })).toBeNull()
  })

  it.each(['', ' ', 'two words', 'ü', '*', 'a/b', 'a\n', 5, null, undefined, ['a']])('refuses the command %j', (command) => {
    expect(codeOf({ command })).toBe('COMMAND_ERROR')
  })

  it('writes the module id in lower case', () => {
    expect(toEventParams({ ...event, module: 'My.App_1' }).MODULE_ID).toBe('my.app_1')
  })

  it.each(['', 'my app', 'my-app', '*', 'ü', 5, null, undefined])('refuses the module id %j', (module) => {
    expect(codeOf({ module })).toBe('MODULE_ID_ERROR')
  })

  it.each(['pull', 'online', 'ONLINE'])('refuses the reserved module id %j', (module) => {
    expect(codeOf({ module })).toBe('MODULE_RESERVED')
  })

  it.each([
    ['null', null], ['a text', 'text'], ['a number', 5], ['a list', []], ['a function', () => {}],
    ['a date, which JSON makes a text', new Date(0)],
    ['an object that JSON makes nothing', { toJSON: () => undefined }],
    ['an object that JSON makes a list', { toJSON: () => [] }],
    ['a bigint within', { id: 5n }],
  ])('refuses as params %s', (_, params) => {
    expect(codeOf({ params })).toBe('PARAMS_ERROR')
  })

  it('refuses params that contain themselves', () => {
    const params: Record<string, unknown> = {}
    params.self = params
    expect(codeOf({ params })).toBe('PARAMS_ERROR')
  })

  it('takes a copy of the params, so that later changes are not sent', () => {
    const params = { list: [1] }
    const { PARAMS } = toEventParams({ ...event, params })
    params.list.push(2)
    expect(PARAMS).toEqual({ list: [1] })
  })

  it.each([0, -1, 1.5, Number.NaN, '5', null, true, [[]], [[1, 0]], [['1']]])('refuses the user id %j', (userId) => {
    expect(codeOf({ userId })).toBe('USER_ID_ERROR')
  })
})

import { describe, expect, it } from 'vitest'
import type { Draft } from '../../../src/portal/page/src/send/draft'
import { checkDraft } from '../../../src/portal/page/src/send/draft'

const draft: Draft = { module: 'application', command: 'ping', params: '{ "a": 1 }', receivers: [] }

describe('checkDraft', () => {
  it('makes a request for every user of the app', () => {
    expect(checkDraft(draft)).toEqual({ request: { module: 'application', command: 'ping', params: { a: 1 } }, errors: null })
  })

  it('names the receivers, where there are some', () => {
    expect(checkDraft({ ...draft, receivers: [2, 3] }).request).toEqual({ module: 'application', command: 'ping', params: { a: 1 }, userId: [2, 3] })
  })

  it('sends an empty object where the field is empty', () => {
    expect(checkDraft({ ...draft, params: '' }).request?.params).toEqual({})
  })

  it.each(['deal.saved', 'a:b|c-d_E9'])('takes the command %s, as the platform does', (command) => {
    expect(checkDraft({ ...draft, command }).request?.command).toBe(command)
  })

  it.each([
    ['module', '', 'A module is needed.'],
    ['module', 'Application', 'Small letters, digits, “.” and “_” only.'],
    ['module', 'my-app', 'Small letters, digits, “.” and “_” only.'],
    ['command', '', 'A command is needed.'],
    ['command', 'two words', 'Letters, digits and “_ : | . -” only.'],
    ['params', '[1]', 'It must be an object: { "name": "value" }'],
  ] as const)('refuses the %s %j and says what it may be', (field, value, message) => {
    expect(checkDraft({ ...draft, [field]: value })).toEqual({ request: null, errors: { [field]: message } })
  })

  it('tells of every mistake at once', () => {
    const { errors } = checkDraft({ module: '', command: '', params: '{', receivers: [] })
    expect(Object.keys(errors ?? {})).toEqual(['module', 'command', 'params'])
  })
})

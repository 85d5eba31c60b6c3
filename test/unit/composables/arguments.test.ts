// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { createSchemaLookup } from '../../../src/runtime/schema/command-schemas'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { usePullOnline } from '../../../src/runtime/app/composables/usePullOnline'
import { usePullRefresh } from '../../../src/runtime/app/composables/usePullRefresh'
import { usePullState } from '../../../src/runtime/app/composables/usePullState'
import { createTestPull } from '../../support/mount-with-pull'

describe('what is no function', () => {
  it.each([undefined, null, 5, 'fetch', {}])('is refused with a code in place of one: %j', (given) => {
    expect(() => usePullRefresh(given as never)).toThrow(expect.objectContaining({ name: 'PullError', code: 'ARGUMENT_ERROR' }))
    expect(() => usePullOnline(given as never)).toThrow(expect.objectContaining({ name: 'PullError', code: 'ARGUMENT_ERROR' }))
  })
})

const refused = expect.objectContaining({ name: 'PullError', code: 'ARGUMENT_ERROR' })

describe('usePullCommand()', () => {
  it.each([
    ['a handler of text', ['handler']], ['a number', [5]], ['a list of handlers', [[() => {}]]], ['options before a handler', [{ once: true }, () => {}]],
    ['options of text', [() => {}, 'once']], ['null for options', [() => {}, null]], ['a schema that is none', [undefined, { schema: 5 }]],
    ['a schema without a validator', [{ schema: { '~standard': {} } }]], ['a filter that is none', [() => {}, { filter: 'id' }]], ['a misspelt option', [() => {}, { ignoreown: true }]], ['a misspelt option without a handler', [{ ignoreown: true }]], ['a type that is none', [{ type: 'other' }]],
    ['once with batch', [() => {}, { once: true, batch: true }]],
  ])('refuses %s', (_, rest) => {
    expect(() => (usePullCommand as (...args: unknown[]) => unknown)('application', 'ping', ...rest)).toThrow(refused)
  })
})

describe('usePullState()', () => {
  it.each([
    ['nothing', []], ['a fetcher that is none', ['fetch', {}]], ['no reducers', [() => 1]], ['a list of reducers', [() => 1, []]],
    ['a reducer that is none', [() => 1, { ping: 'reload' }]], ['an asterisk in place of commands', [() => 1, { '*': 'refresh' }]], ['options that are none', [() => 1, {}, 5]], ['a debounce that is none', [() => 1, {}, { debounce: 'soon' }]], ['a misspelt option', [() => 1, {}, { debonce: 1 }]],
  ])('refuses %s', (_, given) => {
    expect(() => (usePullState as (...args: unknown[]) => unknown)(...given)).toThrow(refused)
  })
})

describe('usePullRefresh()', () => {
  it.each([null, 5, 'soon', [], { grase: 1 }])('refuses %j for options', (options) => {
    expect(() => usePullRefresh(() => {}, options as never)).toThrow(refused)
  })
})

describe('a file of schemas', () => {
  it.each([null, 5, [], { application: null }, { application: [] }, { application: { ping: 5 } }, { application: { ping: {} } }])('is refused where it is %j', (schemas) => {
    expect(() => createSchemaLookup(schemas as never)).toThrow(refused)
  })
})

describe('on()', () => {
  it.each([undefined, null, 'handler'])('refuses %j for a handler', (handler) => {
    expect(() => createTestPull().context.pull.on('application', 'ping', handler as never)).toThrow(refused)
  })
})

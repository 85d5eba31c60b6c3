import { describe as group, expect, it } from 'vitest'
import { describe } from '../../../src/runtime/utils/describe'
import { normalizeCommands, normalizeModule } from '../../../src/runtime/utils/names'

group('normalizeModule', () => {
  it.each([['application', 'application'], ['CRM', 'crm'], [' tasks ', 'tasks'], ['*', '*'], ['__proto__', '__proto__']])('makes of %j the id %j', (given, expected) => {
    expect(normalizeModule(given)).toBe(expected)
  })

  it.each([
    ['', 'an empty string'], [undefined, 'undefined'], [null, 'null'], [5, '5'], [['crm'], 'a list'], [{}, 'an object'], [() => {}, 'a function'],
  ])('refuses %j in words', (given, words) => {
    expect(() => normalizeModule(given)).toThrow(expect.objectContaining({ code: 'MODULE_ID_ERROR', message: `The module id is ${words}, not a name.` }))
  })

  it('refuses a name of blanks', () => {
    expect(() => normalizeModule('  ')).toThrow(expect.objectContaining({ code: 'MODULE_ID_ERROR' }))
  })

  it.each([['pull', 'usePull()'], ['PULL', 'usePull()'], ['online', 'usePullOnline()'], [' Online ', 'usePullOnline()']])('refuses the reserved %j and says to use %s', (given, instead) => {
    expect(() => normalizeModule(given)).toThrow(expect.objectContaining({ code: 'MODULE_RESERVED', fix: expect.stringContaining(instead) }))
  })
})

group('normalizeCommands', () => {
  it.each([
    ['ping', 'ping'],
    [['ping'], 'ping'],
    [['ping', 'pong'], ['ping', 'pong']],
    [['ping', 'ping'], 'ping'],
    [['ping', 'pong', 'ping'], ['ping', 'pong']],
    ['*', '*'],
    [['ping', '*'], '*'],
    [[], []],
  ])('makes of %j %j', (given, expected) => {
    expect(normalizeCommands(given)).toEqual(expected)
  })

  it('keeps no hold of the list that it was given, which may change later', () => {
    const given = ['ping', 'pong']
    const commands = normalizeCommands(given)
    given[0] = 'other'
    expect(commands).toEqual(['ping', 'pong'])
  })

  it.each([[''], [undefined], [null], [5], [[['ping']]], [['ping', '']], [['ping', 5]], [Array(1)]])('refuses %j', (given) => {
    expect(() => normalizeCommands(given)).toThrow(expect.objectContaining({ code: 'COMMAND_ERROR' }))
  })
})

group('describe', () => {
  it('shortens a long text', () => {
    expect(describe('x'.repeat(1000))).toBe(`'${'x'.repeat(60)}…'`)
  })
})

import { describe, expect, it } from 'vitest'
import { mergedDefaults, resolveOptions } from '../../src/options'
import type { ModuleOptions } from '../../src/options'
import { defaultAppOptions } from '../../src/runtime/app/app-options'

const resolve = (change: Record<string, unknown>) => resolveOptions({ ...mergedDefaults, ...change } as ModuleOptions)

describe('resolveOptions', () => {
  it('accepts the defaults', () => {
    expect(resolve({})).toEqual({ ...defaultAppOptions, portal: false })
  })

  it.each([
    ['autoStart', false], ['prefix', 'my-app'], ['modules', []], ['modules', ['application', 'crm']], ['history', 0], ['history', 100_000],
    ['resumeLimit', 0], ['resumeLimit', 0.5], ['share', false], ['logLevel', 'silent'], ['logLevel', 'debug'], ['portal', true], ['portal', { port: 4000 }],
  ])('accepts %s: %j', (option, value) => {
    expect(resolve({ [option]: value })).toMatchObject({ [option]: value })
  })

  it('writes module ids in lower case, each once', () => {
    expect(resolve({ modules: ['CRM', 'crm', 'tasks'] }).modules).toEqual(['crm', 'tasks'])
  })

  it.each([
    ['autoStart', 'yes', 'autoStart', '"yes"', 'true or false'],
    ['autoStart', 1, 'autoStart', '1', 'true or false'],
    ['prefix', '', 'prefix', '""', 'a text that is not empty'],
    ['prefix', 5, 'prefix', '5', 'a text that is not empty'],
    ['modules', 'crm', 'modules', '"crm"', 'a list of module ids, for example [\'application\', \'crm\']'],
    ['modules', ['crm', 5], 'modules.1', '5', 'a list of module ids, for example [\'application\', \'crm\']'],
    ['modules', [''], 'modules.0', '""', 'a list of module ids, for example [\'application\', \'crm\']'],
    ['history', -1, 'history', '-1', 'a whole number from 0 to 100000'],
    ['history', 1.5, 'history', '1.5', 'a whole number from 0 to 100000'],
    ['history', 100_001, 'history', '100001', 'a whole number from 0 to 100000'],
    ['history', '100', 'history', '"100"', 'a whole number from 0 to 100000'],
    ['history', Number.NaN, 'history', 'NaN', 'a whole number from 0 to 100000'],
    ['history', null, 'history', 'null', 'a whole number from 0 to 100000'],
    ['resumeLimit', -1, 'resumeLimit', '-1', 'a number of ms, 0 or more'],
    ['resumeLimit', Number.POSITIVE_INFINITY, 'resumeLimit', 'Infinity', 'a number of ms, 0 or more'],
    ['resumeLimit', 10n, 'resumeLimit', '10n', 'a number of ms, 0 or more'],
    ['logLevel', 'verbose', 'logLevel', '"verbose"', '\'silent\', \'error\', \'warn\', \'info\', \'debug\''],
    ['logLevel', undefined, 'logLevel', 'undefined', '\'silent\', \'error\', \'warn\', \'info\', \'debug\''],
    ['portal', 'yes', 'portal', '"yes"', 'true, false, or an object of options of the dev portal'],
    ['portal', null, 'portal', 'null', 'true, false, or an object of options of the dev portal'],
    ['portal', [], 'portal', '[]', 'true, false, or an object of options of the dev portal'],
    ['portal', () => {}, 'portal', 'a function', 'true, false, or an object of options of the dev portal'],
  ])('refuses %s: %s and names it, what it was and what it may be', (option, value, named, was, may) => {
    expect(() => resolve({ [option]: value })).toThrow(new Error(`[nuxt-b24-pull] The option \`b24Pull.${named}\` was ${was}. It may be ${may}.`))
  })

  it('names all that is wrong at once', () => {
    expect(() => resolve({ histroy: 3, logLevel: 'loud', modules: ['crm', 'My Module!', ''] })).toThrow(new Error([
      '[nuxt-b24-pull] The option `b24Pull.modules.1` was "My Module!". It may be a list of module ids, for example [\'application\', \'crm\'].',
      'The option `b24Pull.modules.2` was "". It may be a list of module ids, for example [\'application\', \'crm\'].',
      'The option `b24Pull.logLevel` was "loud". It may be \'silent\', \'error\', \'warn\', \'info\', \'debug\'.',
      `The option \`b24Pull.histroy\` does not exist. It may be one of: ${[...Object.keys(defaultAppOptions), 'commands', 'portal'].join(', ')}.`,
    ].join('\n')))
  })

  it('refuses a value that contains itself', () => {
    const history: Record<string, unknown> = {}
    history.self = history
    expect(() => resolve({ history })).toThrow('The option `b24Pull.history` was an object.')
  })

  it.each(['hystory', 'toString', 'constructor', 'modules.0'])('refuses the unknown option %s and names those that exist', (option) => {
    const call = () => resolve({ [option]: 5 })
    expect(call).toThrow(`[nuxt-b24-pull] The option \`b24Pull.${option}\` does not exist. It may be one of: `)
    for (const name of [...Object.keys(defaultAppOptions), 'commands', 'portal']) expect(call).toThrow(name)
  })
})

import { describe, expect, it } from 'vitest'
import { PORTAL_ARGS, PORTAL_REPEATABLE } from '../../../src/cli/portal-args'
import { readGiven } from '../../../src/cli/read-given'
import { toPortalOptions } from '../../../src/cli/to-portal-options'
import { UsageError } from '../../../src/cli/usage-error'

const app = 'http://localhost:3000'
const readFlags = (argv: string[]) => readGiven(argv, PORTAL_ARGS, PORTAL_REPEATABLE).flags
const read = (...argv: string[]) => toPortalOptions(readFlags(['--app', app, ...argv]))

describe('the arguments of `portal`', () => {
  it('leave every default to the portal where only the app is named', () => {
    expect(read()).toEqual({ app, server: {}, faults: {} })
  })

  it('reach the option that each stands for', () => {
    expect(read(
      '--port', '7324', '--method=get', '--server', '4', '--transport', 'long-polling', '--mode', 'shared', '--history', '5',
      '--scope', 'pull, crm', '--app-name', 'Deals', '--app-options', '{"colour":"red"}', '--application-token', 'secret', '--lang', 'de',
      '--token-lifetime', '60', '--ping-interval', '1000', '--poll-timeout', '2000', '--record', 'out.ndjson', '--recording', 'in.ndjson',
    )).toEqual({
      app,
      port: 7324,
      method: 'get',
      server: { version: 4, transport: 'long-polling', mode: 'shared', history: 5 },
      scope: ['pull', 'crm'],
      appName: 'Deals',
      appOptions: { colour: 'red' },
      applicationToken: 'secret',
      lang: 'de',
      tokenLifetime: 60,
      pingInterval: 1000,
      pollTimeout: 2000,
      record: 'out.ndjson',
      recording: 'in.ndjson',
      faults: {},
    })
  })

  it('name users by id, name and role, the first one first', () => {
    expect(read('--user', '7:Ada King Lovelace:admin', '--user', '8', '--user', '9::admin').users).toEqual([
      { id: 7, name: 'Ada', lastName: 'King Lovelace', isAdmin: true },
      { id: 8 },
      { id: 9, isAdmin: true },
    ])
  })

  it('name placements with their options', () => {
    expect(read('--placement', 'LEFT_MENU', '--placement', 'CRM_DEAL_DETAIL_TAB={"ID":"42"}').placements).toEqual([
      { placement: 'LEFT_MENU' },
      { placement: 'CRM_DEAL_DETAIL_TAB', options: { ID: '42' } },
    ])
  })

  it('switch faults on with what was said and the defaults of the rest', () => {
    expect(read('--fault', 'push-delay:ms=5', '--fault', 'stop-pings').faults).toEqual({
      'push-delay': { ms: 5, jitter: 0 },
      'stop-pings': {},
    })
  })

  it.each([
    [['--port', 'abc'], '--port was "abc". It may be a whole number from 0 to 65535.'],
    [['--port', '-1'], '--port was "-1". It may be a whole number from 0 to 65535.'],
    [['--method', 'put'], '--method was "put". It may be \'post\' or \'get\'.'],
    [['--server', '6'], '--server was "6". It may be 5, 4 or 3.'],
    [['--transport', 'ws'], '--transport was "ws". It may be \'websocket\' or \'long-polling\'.'],
    [['--mode', 'cloud'], '--mode was "cloud". It may be \'personal\' or \'shared\'.'],
    [['--history', '1.5'], '--history was "1.5". It may be a whole number from 0 to 100000.'],
    [['--user', 'Ada'], '--user was "Ada". It may be an id,'],
    [['--user', '7:Ada:boss'], '--user was "7:Ada:boss". It may be an id,'],
    [['--user', '7', '--user', '7'], '--user was "7" and "7". It may be a list in which every `id` stands once.'],
    [['--placement', 'A=1'], '--placement was "A=1". It may be a code, = and a JSON object'],
    [['--placement', 'A='], '--placement was "A=". It may be a code, = and a JSON object'],
    [['--fault', 'earthquake'], '--fault was "earthquake". There is no fault "earthquake". The dev portal knows cut-connections,'],
    [['--fault', 'push-delay:ms=-1'], '--fault was "push-delay:ms=-1". Setting `ms` of the fault push-delay is -1. It may be a number from 0 to 60000.'],
    [['--fault', 'push-delay:ms'], '--fault was "push-delay:ms". It may be a name, and after a colon pairs'],
    [['--app-options', '[]'], '--app-options was "[]". It may be a JSON object'],
    [['--app-options', '{'], '--app-options was "{". It may be a JSON object'],
    [['--lang', ''], '--lang was "". It may be a text that is not empty.'],
    [['--token-lifetime', '0'], '--token-lifetime was "0". It may be a whole number from 1 to 86400.'],
    [['--colour', 'red'], 'There is no flag --colour. There are --app, --port,'],
    [['--no-port'], 'There is no flag --no-port.'],
    [['-p', '1'], 'There is no flag -p.'],
    [['--port'], '--port lacks its value. It is given as --port <number>.'],
    [['--port', '--lang', 'de'], '--port lacks its value.'],
    [['--port', '1', '--port', '2'], '--port was given twice: "1" and "2". It may be given once.'],
    [['elsewhere'], '"elsewhere" belongs to no flag.'],
  ])('are refused with what is wrong and what may be: %j', (argv, message) => {
    expect(() => read(...argv)).toThrow(UsageError)
    expect(() => read(...argv)).toThrow(message)
  })

  it('want the address of an app', () => {
    expect(() => toPortalOptions(readFlags([]))).toThrow('--app is missing. It is the address of the app')
    expect(() => toPortalOptions(readFlags(['--app', 'localhost:3000']))).toThrow('--app was "localhost:3000". It may be an address such as \'http://localhost:3000\'.')
  })
})

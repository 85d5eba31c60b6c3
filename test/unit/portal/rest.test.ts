import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Portal } from '../../../src/portal'
import { createPortal, RestError, restPage } from '../../../src/portal'
import { rest, tokenOf } from './support/client'

let portal: Portal
let admin: string
let employee: string

beforeAll(async () => {
  portal = await createPortal({
    app: 'http://localhost:3000',
    limits: false,
    appOptions: { color: 'blue' },
    rest: {
      'crm.deal.list': (params, { user }) => restPage([{ ID: '1', by: user.id, ...params }], { total: 120, next: 50 }),
      'crm.deal.update': () => {
        throw new RestError('ACCESS_DENIED', 'Not yours', 403)
      },
      'crm.deal.get': () => {
        throw new TypeError('boom')
      },
    },
  })
  admin = tokenOf(portal, 1)
  employee = tokenOf(portal, 2)
})

afterAll(() => portal.close())

describe('REST', () => {
  it('answers with result and time', async () => {
    const { status, result, time } = await rest(portal, admin, 'profile')
    expect(status).toBe(200)
    expect(result).toMatchObject({ ID: '1', ADMIN: true })
    expect(Object.keys(time ?? {})).toEqual(['start', 'finish', 'duration', 'processing', 'date_start', 'date_finish', 'operating_reset_at', 'operating'])
  })

  it('knows the app by the client id that it was given, as a back end does that has to know whose installation it is', async () => {
    const own = await createPortal({ app: 'http://localhost:3000', clientId: 'local.mine' })
    onTestFinished(() => own.close())
    expect((await rest(own, tokenOf(own), 'app.info')).result).toMatchObject({ CODE: 'local.mine' })
    expect((await rest(portal, admin, 'app.info')).result).toMatchObject({ CODE: portal.clientId })
  })

  it('knows the app, the time, the scopes and its methods', async () => {
    expect((await rest(portal, admin, 'app.info')).result).toMatchObject({ STATUS: 'L', INSTALLED: true })
    expect((await rest(portal, admin, 'server.time')).result).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/)
    expect((await rest(portal, admin, 'scope')).result).toContain('pull')
    expect((await rest(portal, admin, 'method.get', { name: 'crm.deal.list' })).result).toEqual({ isExisting: true, isAvailable: true })
    expect((await rest(portal, admin, 'user.current')).result).toMatchObject({ ID: '1' })
  })

  it.each([
    ['no token', {}, 401, 'NO_AUTH_FOUND'],
    ['a foreign token', { auth: 'x' }, 401, 'invalid_token'],
  ])('turns a call with %s away', async (_name, params, status, error) => {
    const response = await fetch(`${portal.url}/rest/profile.json`, { method: 'POST', body: JSON.stringify(params), headers: { 'content-type': 'application/json' } })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error })
  })

  it('answers an unknown method as the platform does, and the log says how to add it', async () => {
    const { status, error, error_description } = await rest(portal, admin, 'no.such.method')
    expect({ status, error, error_description }).toEqual({ status: 404, error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' })
    expect(JSON.stringify(portal.log)).toContain('portal-rest.mjs')
  })

  it('takes forms, queries and nested PHP names', async () => {
    const response = await fetch(`${portal.url}/rest/crm.deal.list?auth=${admin}&filter[>ID]=5`, {
      method: 'POST',
      body: new URLSearchParams('select[]=ID&select[]=TITLE&order[ID]=ASC'),
    })
    expect(await response.json()).toMatchObject({ total: 120, next: 50, result: [{ by: 1, filter: { '>ID': '5' }, select: ['ID', 'TITLE'], order: { ID: 'ASC' } }] })
  })

  it('answers what a method of one\'s own throws', async () => {
    expect(await rest(portal, admin, 'crm.deal.update')).toMatchObject({ status: 403, error: 'ACCESS_DENIED', error_description: 'Not yours' })
    expect(await rest(portal, admin, 'crm.deal.get')).toMatchObject({ status: 500, error: 'INTERNAL_SERVER_ERROR' })
  })

  it('keeps options of the app and of each user apart', async () => {
    expect((await rest(portal, admin, 'user.option.get')).result).toEqual([])
    await rest(portal, admin, 'user.option.set', { options: { a: 1 } })
    await rest(portal, admin, 'app.option.set', { options: { size: 'L' } })
    expect((await rest(portal, admin, 'user.option.get')).result).toEqual({ a: 1 })
    expect((await rest(portal, employee, 'user.option.get')).result).toEqual([])
    expect((await rest(portal, employee, 'app.option.get')).result).toEqual({ color: 'blue', size: 'L' })
    expect((await rest(portal, employee, 'app.option.get', { option: 'size' })).result).toBe('L')
    expect(await rest(portal, employee, 'app.option.set', { options: { size: 'S' } })).toMatchObject({ status: 403, error: 'ACCESS_DENIED' })
    expect(await rest(portal, admin, 'app.option.set', {})).toMatchObject({ status: 400, error: 'ERROR_ARGUMENT' })
  })

  it('takes the parameters themselves for options where there are no `options`, as the official examples have it', async () => {
    await rest(portal, admin, 'app.option.set', { configSettings: { days: 60 } })
    expect((await rest(portal, admin, 'app.option.get', { option: 'configSettings' })).result).toEqual({ days: 60 })
  })

  it('keeps options for applications, and turns a webhook away', async () => {
    const response = await fetch(`${portal.webhook}app.option.get.json`)
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual({ error: 'ACCESS_DENIED', error_description: 'Access denied! Application context required' })
  })

  it('lets the app read answers and turns other origins away', async () => {
    const preflight = await fetch(`${portal.url}/rest/profile.json`, {
      method: 'OPTIONS',
      headers: { 'origin': 'http://localhost:3000', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type')
    const foreign = await fetch(`${portal.url}/rest/profile.json`, { method: 'POST', headers: { origin: 'http://evil.test' } })
    expect(foreign.status).toBe(403)
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('remembers what was asked, with secrets masked', async () => {
    const call = await rest(portal, admin, 'crm.deal.list', { password: 'p', note: admin })
    expect(call.status).toBe(200)
    const seen = portal.requests.at(-1)
    expect(seen).toMatchObject({ method: 'crm.deal.list', userId: 1, status: 200, error: null, params: { password: '•••', note: '•••' } })
    expect(JSON.stringify([portal.log, portal.requests])).not.toContain(admin)
  })
})

describe('batch', () => {
  it('runs commands in order, by key, and hands results on', async () => {
    const { result } = await rest(portal, admin, 'batch', {
      halt: 0,
      cmd: { me: 'profile?', deals: 'crm.deal.list?filter[ID]=$result[me][ID]', nope: 'no.such', nested: 'batch?cmd[a]=profile' },
    })
    expect(result).toMatchObject({
      result: { me: { ID: '1' }, deals: [{ filter: { ID: '1' } }] },
      result_error: { nope: { error: 'ERROR_METHOD_NOT_FOUND' }, nested: { error: 'ERROR_BATCH_METHOD_NOT_ALLOWED' } },
      result_total: { deals: 120 },
      result_next: { deals: 50 },
    })
  })

  it('stops at the first error with halt, and answers lists for numbered commands', async () => {
    const { result } = await rest(portal, admin, 'batch', { halt: 1, cmd: ['profile', 'no.such', 'server.time'] })
    expect(result).toMatchObject({ result: [{ ID: '1' }], result_error: { 1: { error: 'ERROR_METHOD_NOT_FOUND' } }, result_total: [] })
  })

  it('refuses more than fifty commands, and none', async () => {
    expect(await rest(portal, admin, 'batch', { cmd: Array.from({ length: 51 }, () => 'profile') })).toMatchObject({ error: 'ERROR_BATCH_LENGTH_EXCEEDED' })
    expect(await rest(portal, admin, 'batch')).toMatchObject({ error: 'ERROR_ARGUMENT' })
  })
})

describe('pull methods', () => {
  const event = { COMMAND: 'ping', MODULE_ID: 'application', PARAMS: { a: 1 } }

  it.each([
    ['USER_ID_ACCESS_ERROR', { ...event, USER_ID: [1, 2] }],
    ['USER_ID_ACCESS_ERROR', { ...event, USER_ID: 'everyone' }],
    // PHP compares with the text of an id: a number and a list are something else.
    ['USER_ID_ACCESS_ERROR', { ...event, USER_ID: 2 }],
    ['USER_ID_ACCESS_ERROR', { ...event, USER_ID: ['2'] }],
    ['MODULE_ID_ERROR', { ...event, MODULE_ID: 'Application' }],
    ['COMMAND_ERROR', { ...event, COMMAND: 'with space' }],
    ['COMMAND_ERROR', { ...event, COMMAND: undefined }],
    ['PARAMS_ERROR', { ...event, PARAMS: 'text' }],
    ['PARAMS_ERROR', { ...event, PARAMS: '7' }],
  ])('pull.application.event.add answers %s to %j of an employee', async (error, params) => {
    expect(await rest(portal, employee, 'pull.application.event.add', params)).toMatchObject({ status: 400, error })
  })

  it.each([
    ['an admin to others', 1, { ...event, USER_ID: [2, 3] }, [2, 3]],
    ['an admin by JSON text', 1, { ...event, USER_ID: '[2,3]' }, [2, 3]],
    ['an admin by the text of a number', 1, { ...event, USER_ID: '2' }, [2]],
    ['an admin to an empty list', 1, { ...event, USER_ID: [] }, []],
    ['an admin to who cannot be', 1, { ...event, USER_ID: -5 }, []],
    ['an employee to themselves', 2, { ...event, user_id: '2' }, [2]],
    ['an employee to everybody', 2, event, [null]],
    ['without module and params', 2, { COMMAND: 'a:b|c.d-e_f' }, [null]],
    ['with an empty module', 2, { COMMAND: 'a', MODULE_ID: '' }, [null]],
    ['params as JSON text', 2, { COMMAND: 'a', PARAMS: '{"param1":"value1"}' }, [null]],
  ])('pull.application.event.add sends from %s', async (_name, userId, params, receivers) => {
    const before = portal.log.at(-1)?.id ?? 0
    expect(await rest(portal, userId === 1 ? admin : employee, 'pull.application.event.add', params)).toMatchObject({ status: 200, result: true })
    expect(portal.log.filter(({ id, source }) => id > before && source === 'push').map(entry => entry.userId)).toEqual(receivers)
  })

  it.each([0, '0', '', 'everyone'])('pull.application.event.add takes an administrator\'s USER_ID %j for everybody, and warns', async (USER_ID) => {
    const before = portal.log.at(-1)?.id ?? 0
    expect(await rest(portal, admin, 'pull.application.event.add', { ...event, USER_ID })).toMatchObject({ status: 200, result: true })
    const told = portal.log.filter(({ id, source }) => id > before && source === 'push')
    expect(told.filter(({ direction }) => direction === 'out').map(({ userId }) => userId)).toEqual([null])
    expect(told.filter(({ level }) => level === 'warn')).toMatchObject([{ title: 'An event for nobody by name goes to everybody' }])
  })

  it('hands params on as PHP does: {} is a list, and so is what is numbered from 0', async () => {
    await rest(portal, admin, 'pull.application.event.add', { COMMAND: 'php', PARAMS: { empty: {}, numbered: { 0: 'a', 1: 'b' }, named: { 1: 'b' } } })
    expect(portal.log.findLast(({ title }) => title === 'application:php')?.details).toMatchObject({ params: { empty: [], numbered: ['a', 'b'], named: { 1: 'b' } } })
  })

  it.each([
    [4, 'я', 520_000, 'я', 530_000, 'bytes'],
    [4, 'x', 1_040_000, 'x', 1_048_576, 'bytes'],
    [3, 'я', 600_000, 'x', 1_000_000, 'characters'],
    [5, 'я', 600_000, 'x', 1_048_576, 'characters'],
  ] as const)('version %i takes %j %i times, drops %j %i times after answering true, and says so in %s', async (version, small, most, large, tooMany, unit) => {
    const other = await createPortal({ app: 'http://localhost:3000', server: { version, mode: 'personal' } })
    const add = (text: string) => rest(other, tokenOf(other), 'pull.application.event.add', { COMMAND: 'large', PARAMS: { text } })
    const told = () => other.log.findLast(({ source }) => source === 'push')
    expect((await add(small.repeat(most))).result).toBe(true)
    expect(told()?.title).toBe('application:large')
    expect((await add(large.repeat(tooMany))).result).toBe(true)
    expect(told()).toMatchObject({ title: 'application:large dropped: too large', details: { why: expect.stringContaining(unit) } })
    await other.close()
  })

  describe('pull.channel.public.list', () => {
    let other: Portal
    const list = (params: object) => rest(other, tokenOf(other), 'pull.channel.public.list', params)

    beforeEach(async () => {
      other = await createPortal({ app: 'http://localhost:3000', scope: ['pull', 'pull_channel'] })
    })

    afterEach(() => other.close())

    it('wants the scope pull_channel', async () => {
      expect(await rest(portal, admin, 'pull.channel.public.list', { USERS: [1] })).toMatchObject({ status: 403, error: 'insufficient_scope' })
    })

    it.each([[[2, '1', 2, -1, 0, 'x']], ['[1,2]'], [{ a: 1, b: 2.7 }]])('answers the channels of the users in %j', async (users) => {
      const { result } = await list({ users })
      expect(Object.entries(result as object)).toEqual(['1', '2'].map(id => [id, { user_id: Number(id), public_id: expect.any(String), signature: expect.any(String), start: expect.any(String), end: expect.any(String) }]))
    })

    it.each([[undefined], [[]], [1], ['1'], ['x'], [[0, -2, 'x', { toString: 'x' }]]])('refuses the users %j', async (USERS) => {
      expect(await list({ USERS })).toMatchObject({ status: 400, error: 'INVALID_FORMAT', error_description: 'A wrong format for the USERS field is passed' })
    })

    it('is for a webhook, too, but not for channels of an application', async () => {
      const call = (query: string) => fetch(`${other.webhook}pull.channel.public.list.json?USERS[]=1${query}`)
      expect((await call('')).status).toBe(200)
      const refused = await call('&APPLICATION=Y')
      expect([refused.status, (await refused.json() as { error: string }).error]).toEqual([400, 'WRONG_AUTH_TYPE'])
    })

    it('has nothing to answer below version 4, or where no push server is configured', async () => {
      other.faults.on('not-configured')
      expect(await list({ USERS: [1] })).toMatchObject({ status: 500, error: 'SERVER_ERROR' })
      other.faults.off('not-configured')
      other.setServer({ version: 3, mode: 'personal' })
      expect(await list({ USERS: [1] })).toMatchObject({ status: 500, error: 'SERVER_ERROR' })
    })
  })

  it('pull.watch.extend takes tags in any case, a text too, and from a webhook', async () => {
    expect((await rest(portal, admin, 'pull.watch.extend', { TAGS: ['A'] })).result).toEqual({ A: false })
    expect((await rest(portal, admin, 'pull.watch.extend', { tags: '["A","B"]' })).result).toEqual({ A: false, B: false })
    expect((await rest(portal, admin, 'pull.watch.extend', { tags: [] })).result).toBe(false)
    expect((await (await fetch(`${portal.webhook}pull.watch.extend.json?TAGS[]=A`)).json() as { result: unknown }).result).toEqual({ A: false })
  })

  it('pull.application.push.add is for admins and wants a text', async () => {
    expect(await rest(portal, employee, 'pull.application.push.add', { USER_ID: 1, TEXT: 'x' })).toMatchObject({ status: 400, error: 'ACCESS_ERROR' })
    expect(await rest(portal, admin, 'pull.application.push.add', { USER_ID: 1, TEXT: ' ' })).toMatchObject({ status: 400, error: 'TEXT_ERROR' })
    expect(await rest(portal, admin, 'pull.application.push.add', { USER_ID: [1, 2], TEXT: 'Hello' })).toMatchObject({ result: true })
    expect(portal.log.some(({ title }) => title === 'Notification: Hello')).toBe(true)
  })

  it('pull.application.push.add wants an app with a name', async () => {
    const nameless = await createPortal({ app: 'http://localhost:3000', appName: '' })
    expect(await rest(nameless, tokenOf(nameless), 'pull.application.push.add', { USER_ID: 1, TEXT: 'x' })).toMatchObject({ status: 400, error: 'EMPTY_APP_NAME' })
    await nameless.close()
  })

  it('pull.watch.extend knows no tag', async () => {
    expect((await rest(portal, admin, 'pull.watch.extend', { tags: ['A', 'B'] })).result).toEqual({ A: false, B: false })
  })

  it.each(['pull.application.config.get', 'pull.application.event.add', 'pull.application.push.add'])('%s refuses a webhook', async (method) => {
    const response = await fetch(`${portal.webhook}${method}.json`, { method: 'POST' })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ error: 'WRONG_AUTH_TYPE' })
  })

  it('a webhook may do the rest, with the right code only', async () => {
    expect(await (await fetch(`${portal.webhook}profile.json`)).json()).toMatchObject({ result: { ID: '1' } })
    expect((await fetch(`${portal.url}/rest/1/wrong/profile.json`)).status).toBe(401)
  })

  it('the config repeats the plain addresses as the secure ones', async () => {
    const { result } = await rest(portal, admin, 'pull.application.config.get', { CACHE: 'N' })
    const { server, channels, jwt, clientId, publicChannels, exp } = result as { publicChannels: object, exp: number, server: Record<string, unknown>, channels: { private: object, shared: object }, jwt?: string, clientId?: string }
    expect(server).toMatchObject({ version: 4, server_enabled: true, mode: 'shared', websocket_enabled: true })
    expect([server.websocket_secure, server.long_pooling_secure, server.publish_secure]).toEqual([server.websocket, server.long_polling, server.publish])
    expect(Object.keys(channels.private)).toEqual(['id', 'start', 'end', 'type', 'public_id'])
    expect(jwt).toBeUndefined()
    expect(clientId).toMatch(/^[0-9a-f]{32}$/)
    expect(Object.keys(publicChannels)).toEqual(['1'])
    expect(exp - Date.now() / 1_000).toBeGreaterThan(23 * 3_600)
  })
})

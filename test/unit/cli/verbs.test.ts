import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from 'srvx'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { main } from '../../../src/cli'
import type { CliSurroundings } from '../../../src/cli/surroundings'
import { createPortal } from '../../../src/portal'
import type { LogEntry, Portal } from '../../../src/portal'
import { EVENT_CATALOGUE } from '../../../src/portal/events/catalogue'
import { PATIENCE } from '../../support/patience'
import { pullConfig, rest, tokenOf } from '../portal/support/client'
import { openSocket, socketUrl } from '../portal/support/socket'

const app = 'http://localhost:3000'
let home: string
let portal: Portal

// Portals of other tests tell in their own place that they run.
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'verbs-'))
})

beforeEach(async () => {
  vi.stubEnv('TMPDIR', home)
  portal = await createPortal({ app, limits: false })
})

afterEach(async () => {
  await portal.close()
  vi.unstubAllEnvs()
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Runs a command line; `--json` is read. */
async function run(argv: string[], { folder = process.cwd(), env = {}, untilEnd = async () => {} }: { folder?: string, env?: Record<string, string>, untilEnd?: CliSurroundings['untilEnd'] } = {}) {
  const out: string[] = []
  const errors: string[] = []
  const code = await main(argv, { out: line => out.push(line), error: line => errors.push(line), untilEnd, folder, env })
  return { code, out, errors }
}

async function runJson(argv: string[]) {
  const { code, out, errors } = await run([...argv, '--json'])
  expect(out.length + errors.length).toBe(1)
  return { code, answer: JSON.parse(out[0] ?? errors[0]!) as Record<string, unknown> }
}

describe('a verb', () => {
  it('sends a command to those who are named, and to everybody', async () => {
    const socket = await openSocket(socketUrl(await pullConfig(portal)))
    expect(await run(['emit', 'ping', '--user', '1', '--set', 'from.name=shell', '--set', 'count=2'])).toEqual({ code: 0, out: ['Sent application:ping to user 1.'], errors: [] })
    expect(await runJson(['emit', 'crm', 'saved', '--params', '{"id":"42"}'])).toMatchObject({ code: 0, answer: { messageIds: [expect.any(String)] } })
    await socket.until(({ messages }) => messages.length === 2)
    expect(socket.messages.map(({ body }) => [body.module_id, body.command, body.params])).toEqual([
      ['application', 'ping', { from: { name: 'shell' }, count: 2 }],
      ['crm', 'saved', { id: '42' }],
    ])
    socket.close()
  })

  it('switches faults on and off, all of them too', async () => {
    expect(await run(['fault', 'on', 'push-delay:ms=5'])).toMatchObject({ code: 0, out: ['push-delay is on: ms=5, jitter=0'] })
    expect(await runJson(['fault', 'on', 'stop-pings'])).toMatchObject({ code: 0, answer: { name: 'stop-pings', isOn: true } })
    expect((await run(['fault', 'list'])).out.slice(0, 2)).toEqual(['● push-delay is on: ms=5, jitter=0', '● stop-pings is on'])
    expect((await run(['fault', 'off', 'push-delay'])).code).toBe(0)
    expect(portal.faults.list.filter(({ isOn }) => isOn).map(({ name }) => name)).toEqual(['stop-pings'])
    expect((await runJson(['fault', 'off', 'all'])).answer).toMatchObject({ faults: [{ name: 'stop-pings', isOn: false }] })
  })

  it('lists the people', async () => {
    expect((await run(['users'])).out).toEqual(['1  Ada Admin  admin  offline  before the screen', '2  Emil Employee  offline', '3  Eva Employee  offline'])
    expect((await runJson(['users'])).answer).toMatchObject({ currentUserId: 1, users: [{ id: 1 }, { id: 2 }, { id: 3 }] })
  })

  it('calls REST as the app would, masks secrets, and ends with 1 after an error', async () => {
    expect(await runJson(['rest', 'profile', '--user', '2'])).toMatchObject({ code: 0, answer: { status: 200, result: { ID: '2', NAME: 'Emil' } } })
    expect(await runJson(['rest', 'pull.application.config.get'])).toMatchObject({ answer: { result: { channels: { private: { id: expect.stringMatching(/^•••/) } } } } })
    expect(await run(['rest', 'crm.deal.list', '--set', 'filter.ID=42'])).toEqual({ code: 1, out: ['404 ERROR_METHOD_NOT_FOUND: Method not found!'], errors: [] })
    expect(portal.requests.at(-1)).toMatchObject({ method: 'crm.deal.list', params: { filter: { ID: 42 } } })
  })

  it('fires events with values by their paths, and ends with 1 where they reach nobody', async () => {
    const bodies: string[] = []
    const server = serve({ port: 0, hostname: '127.0.0.1', silent: true, fetch: async (request) => {
      bodies.push(decodeURIComponent(await request.text()))
      return new Response(null)
    } })
    onTestFinished(() => server.close(true))
    await server.ready()
    expect(await run(['event', 'fire', 'onCrmDealUpdate', '--set', 'FIELDS.ID=42'])).toMatchObject({ code: 1, out: ['ONCRMDEALUPDATE reached nobody: no handler is bound to it. The app calls event.bind first.'] })
    await rest(portal, tokenOf(portal), 'event.bind', { event: 'ONCRMDEALUPDATE', handler: server.url })
    expect(await run(['event', 'fire', 'ONCRMDEALUPDATE', '--set', 'FIELDS.ID=42'])).toMatchObject({ code: 0, out: [`${server.url} answered 200.`] })
    expect(bodies[0]).toContain('data[FIELDS][ID]=42')
    expect((await runJson(['event', 'fire', 'ONCRMDEALUPDATE', '--data', '{"FIELDS":{"ID":"7"}}'])).answer).toMatchObject({ deliveries: [{ status: 200 }], queued: 0, isWithheld: false })
  })

  it('waits for what comes, and ends with 4 where it does not', async () => {
    const waiting = runJson(['wait', 'request', 'profile', '--fresh', '--timeout', String(PATIENCE)])
    let isOver = false
    void waiting.then(() => (isOver = true))
    // It counts what comes once the portal has heard of the wish, and nothing says when that is.
    await vi.waitUntil(async () => {
      await rest(portal, tokenOf(portal), 'profile')
      return isOver
    }, { timeout: PATIENCE })
    expect(await waiting).toMatchObject({ code: 0, answer: { method: 'profile', status: 200 } })
    expect(await runJson(['wait', 'log', 'nothing like it', '--timeout', '1'])).toMatchObject({ code: 4, answer: { error: { code: 'PORTAL_WAIT_TIMEOUT', exit: 4 } } })
  })

  it('follows the log to the last of what went by before the portal\'s end', async () => {
    const titles: string[] = []
    const follow = main(['log', '--follow', '--json'], {
      out: line => titles.push((JSON.parse(line) as LogEntry).title),
      error: () => {}, untilEnd: () => new Promise(() => {}), folder: process.cwd(), env: {},
    })
    portal.emit({ module: 'application', command: 'first' })
    await vi.waitUntil(() => titles.some(title => title.includes('first')), { timeout: PATIENCE })
    portal.emit({ module: 'application', command: 'last' })
    await portal.close()
    expect(await follow).toBe(0)
    expect(titles.some(title => title.includes('last'))).toBe(true)
  })

  it('prints the log, and follows it until it is stopped', async () => {
    await rest(portal, tokenOf(portal), 'profile')
    portal.emit({ module: 'application', command: 'ping' })
    expect((await run(['log', '--source', 'rest', '--last', '1'])).out).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{3} rest {3}→ profile 200 \(user 1\)$/)])
    const entries: LogEntry[] = []
    const { promise: enough, resolve: end } = Promise.withResolvers<undefined>()
    const following = main(['log', '--follow', '--json'], {
      out: line => entries.push(JSON.parse(line) as LogEntry),
      error: () => {},
      untilEnd: () => enough,
      folder: process.cwd(),
      env: {},
    })
    await expect.poll(() => entries.some(({ title }) => title === 'application:ping')).toBe(true)
    portal.emit({ module: 'application', command: 'pong' })
    await expect.poll(() => entries.some(({ title }) => title === 'application:pong')).toBe(true)
    end(undefined)
    expect(await following).toBe(0)
  })

  it('stops following when the portal ends', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<unknown>()
    portal.emit({ module: 'application', command: 'ping' })
    const following = main(['log', '--follow'], { out: begin, error: () => {}, untilEnd: () => new Promise(() => {}), folder: process.cwd(), env: {} })
    await begun
    await portal.close()
    expect(await following).toBe(0)
  })

  it.each([
    [['fault', 'on', 'earthquake'], 2, 'There is no fault "earthquake".'],
    [['fault', 'on'], 2, '<fault> is missing.'],
    [['fault', 'off', 'earthquake'], 1, 'name must be cut-connections,'],
    [['fault', 'off', 'stop-pings:a=1'], 2, 'switched off by its name alone'],
    [['emit'], 2, '<module> is missing.'],
    [['emit', 'a', 'b', 'c'], 2, '"c" is one word too many.'],
    [['emit', 'ping', '--params', '[]'], 2, '--params was "[]".'],
    [['emit', 'ping', '--set', 'a'], 2, '--set was "a". It may be a path, = and a value'],
    [['emit', 'ping', '--user', 'Ada'], 2, '--user was "Ada".'],
    [['emit', 'ping', '--user', '9'], 1, 'There is no user 9'],
    [['emit', 'ping', '--colour', 'red'], 2, 'There is no flag --colour. There are --params,'],
    [['wait', 'rain'], 2, '"rain" cannot be waited for.'],
    [['wait', 'log', '--timeout', '0'], 2, '--timeout was "0".'],
    [['log', '--source', 'sea'], 2, '--source was "sea".'],
    [['log', '--last', '-1'], 2, '--last'],
    [['users', '--portal', 'http://example.com'], 2, '--portal was "http://example.com". It may be the address of a dev portal'],
    [['users', '--portal', 'http://127.0.0.1:9'], 3, 'Nothing answers at http://127.0.0.1:9:'],
  ])('says what is wrong, and ends with a code that says whose mistake it is: %j', async (argv, code, message) => {
    const ended = await run(argv)
    expect(ended.errors[0]).toContain(message)
    expect(ended.code).toBe(code)
  })

  it.each([
    [404, 'text/plain', 'Not found'],
    [200, 'text/html', '<!doctype html>'],
    [200, 'text/event-stream', 'data: hello\n\n'],
  ])('says that an address is no portal\'s, whatever it answers: %s, %s', async (status, type, body) => {
    const server = serve({ port: 0, hostname: '127.0.0.1', silent: true, fetch: () => new Response(body, { status, headers: { 'content-type': type } }) })
    onTestFinished(() => server.close(true))
    await server.ready()
    const url = server.url!.replace(/\/$/, '')
    const said = { code: 3, out: [], errors: [`${url} answers ${status}, but not as a dev portal does.`] }
    expect(await run(['log', '--portal', url])).toEqual(said)
    expect(await run(['users', '--portal', url])).toEqual(said)
  })

  it('names the variable where that one holds no address of a portal', async () => {
    expect(await run(['users'], { env: { B24_PORTAL: 'localhost:7324' } })).toMatchObject({ code: 2, errors: [expect.stringContaining('B24_PORTAL was "localhost:7324".'), expect.any(String)] })
    expect((await run(['users'], { env: { B24_PORTAL: 'localhost:7324' } })).errors[0]).not.toContain('--B24_PORTAL')
  })

  it('sets a field named __proto__ like any other', async () => {
    await run(['emit', 'ping', '--set', '__proto__.polluted=1'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(portal.log.at(-1)).toMatchObject({ title: 'application:ping' })
  })
})

describe('the catalogue of events', () => {
  it('is listed, and searched, without a portal', async () => {
    await portal.close()
    const all = (await run(['event', 'list', '--json'])).out.map(line => JSON.parse(line) as { event: string, scope: string })
    expect(all.length).toBeGreaterThanOrEqual(50)
    for (const scope of ['crm', 'task', 'im', 'user']) expect(all.some(event => event.scope === scope)).toBe(true)
    expect((await run(['event', 'list', 'another pipeline'])).out).toEqual(['ONCRMDEALMOVETOCATEGORY  crm  A deal was moved to another pipeline\n  {"FIELDS":{"ID":"42","CATEGORY_ID":"1","STAGE_ID":"C1:NEW"}}'])
  })

  it('gives an event that is fired the shape that the platform documents, but for what is said', async () => {
    await run(['event', 'fire', 'onTaskUpdate', '--set', 'FIELDS_AFTER.ID=7'])
    expect(portal.log.at(-1)).toMatchObject({ title: 'ONTASKUPDATE', details: { data: { FIELDS_BEFORE: { ID: '42' }, FIELDS_AFTER: { ID: '7' }, IS_ACCESSIBLE_BEFORE: 'undefined' } } })
    await run(['event', 'fire', 'ONTASKUPDATE', '--data', '{}'])
    expect(portal.log.at(-1)).toMatchObject({ details: { data: {} } })
  })

  it('has names as the platform writes them, and nothing but texts at the leaves', () => {
    const isForm = (value: unknown): boolean => typeof value === 'object' && value !== null ? Object.values(value).every(isForm) : typeof value === 'string'
    for (const [name, { data }] of Object.entries(EVENT_CATALOGUE)) {
      expect(name).toMatch(/^ON[A-Z0-9]+$/)
      expect(isForm(data), name).toBe(true)
    }
  })
})

describe('completion in Bash', () => {
  const words = async (...line: string[]) => (await run(['complete', '--', ...line])).out

  it('knows verbs, their second words, flags, faults and events', async () => {
    expect(await words('')).toEqual(['create', 'init', 'portal', 'exec', 'doctor', 'completion', 'emit', 'fault', 'users', 'log', 'wait', 'rest', 'event'])
    expect(await words('fault', 'o')).toEqual(['on', 'off'])
    expect(await words('fault', 'on', 'push')).toEqual(['push-delay'])
    expect(await words('event', 'fire', 'ONCRMDEALM')).toEqual(['ONCRMDEALMOVETOCATEGORY'])
    expect(await words('event', 'fire', 'onCrmDealM')).toEqual(['onCrmDealMOVETOCATEGORY'])
    expect(await words('event', 'fire', 'ONTASKADD', '--s')).toEqual(['--set'])
    expect(await words('portal', '--tok')).toEqual(['--token-lifetime'])
    expect(await words('nonsense', '')).toEqual([])
  })

  it('is a script that Bash runs', async () => {
    const [script = ''] = (await run(['completion'])).out
    const answers = join(home, 'nuxt-b24-pull')
    writeFileSync(answers, '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 })
    const line = `${script}\nCOMP_WORDS=(${answers} fault o); COMP_CWORD=2; _nuxt_b24_pull; echo "\${COMPREPLY[*]}"`
    expect(execFileSync('bash', ['-c', line], { encoding: 'utf8' })).toBe('complete -- fault o\n')
  })
})

describe('which portal is meant', () => {
  it('is the one that runs for this folder, the one that B24_PORTAL names, or the one that the flag names', async () => {
    const folder = mkdtempSync(join(home, 'project-'))
    const before = process.cwd
    process.cwd = () => folder
    const other = await createPortal({ app, users: [{ id: 7 }] }).finally(() => (process.cwd = before))
    onTestFinished(() => other.close())
    const ids = async (...given: Parameters<typeof run>) => (JSON.parse((await run(...given)).out[0]!) as { users: { id: number }[] }).users.map(({ id }) => id)
    expect(await ids(['users', '--json'], { folder: join(folder, 'app') })).toEqual([7])
    expect(await ids(['users', '--json'])).toEqual([1, 2, 3])
    expect(await ids(['users', '--json'], { env: { B24_PORTAL: other.url } })).toEqual([7])
    expect(await ids(['users', '--json', '--portal', portal.url], { env: { B24_PORTAL: other.url } })).toEqual([1, 2, 3])
    expect(await run(['users', '--json'], { folder: '/' })).toMatchObject({ code: 3, errors: [expect.stringContaining('"MANY_PORTALS"')] })
    expect((await run(['users'], { folder: '/' })).errors[0]).toContain(`${other.url} for ${app}/ in ${folder}`)
  })

  it('is none where none runs, and a killed one has left nothing but its note', async () => {
    await portal.close()
    const [notes] = readdirSync(home).filter(name => name.startsWith('nuxt-b24-pull-'))
    // No process has this id: systems give out smaller ones.
    writeFileSync(join(home, notes!, 'killed.json'), JSON.stringify({ pid: 2 ** 30, url: portal.url, app, folder: process.cwd(), startedAt: 1 }))
    writeFileSync(join(home, notes!, 'foreign.json'), JSON.stringify({ pid: process.pid, url: 'http://example.com:80', app, folder: process.cwd(), startedAt: 1 }))
    expect(await run(['users'])).toMatchObject({ code: 3, errors: [expect.stringContaining('No dev portal is running.')] })
    expect(readdirSync(join(home, notes!))).toEqual(['foreign.json'])
  })
})

describe('exec', () => {
  const say = (script: string) => ['exec', '--app', app, '--user', '5', '--', process.execPath, '-e', script]

  it('ends as its command did, which finds the portal; the portal is gone afterwards', async () => {
    await portal.close()
    const file = join(home, 'seen.txt')
    const script = `fetch(process.env.B24_PORTAL + '/_portal/state').then(answer => answer.json()).then(({ url, users }) => {
      require('node:fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify({ url, users }))
      process.exit(users[0].id)
    })`
    expect(await run(say(script), { env: process.env as Record<string, string>, untilEnd: () => new Promise(() => {}) })).toMatchObject({ code: 5, errors: [] })
    const { url } = JSON.parse(readFileSync(file, 'utf8')) as { url: string }
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('ends its command when it is itself ended', async () => {
    const file = join(home, 'begun.txt')
    const script = `require('node:fs').writeFileSync(${JSON.stringify(file)}, '')
      setInterval(() => {}, 1000)`
    expect((await run(say(script), { untilEnd: () => vi.waitUntil(() => existsSync(file), { timeout: PATIENCE }).then(() => {}) })).code).toBe(128 + 15)
  })

  it('does not begin its command where it is ended before', async () => {
    const file = join(home, 'never.txt')
    expect((await run(say(`require('node:fs').writeFileSync(${JSON.stringify(file)}, '')`), { untilEnd: async () => 'SIGINT' })).code).toBe(128 + 2)
    expect(existsSync(file)).toBe(false)
  })

  it('says when there is no command, or none that can be started', async () => {
    expect(await run(['exec', '--app', app])).toMatchObject({ code: 2, errors: [expect.stringContaining('The command is missing.'), 'See nuxt-b24-pull exec --help.'] })
    expect(await run(['exec', '--app', app, '--', 'no-such-command-anywhere'], { untilEnd: () => new Promise(() => {}) })).toMatchObject({ code: 127 })
  })
})

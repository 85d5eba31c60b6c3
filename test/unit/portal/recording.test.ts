import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createPortal, PortalError } from '../../../src/portal'
import type { Portal, PortalOptions } from '../../../src/portal'
import { createChanges } from '../../../src/portal/changes'
import { createLog } from '../../../src/portal/log/log'
import { createPeople } from '../../../src/portal/people/people'
import { createPortalRecording } from '../../../src/portal/recording/portal-recording'
import { readRecording } from '../../../src/runtime/recording/read-recording'
import { createTestingPull } from '../../../src/testing'
import { PATIENCE } from '../../support/patience'
import { control, pullConfig, rest, state, tokenOf } from './support/client'
import { openSocket, socketUrl } from './support/socket'

const TOKEN = '0123456789abcdef0123456789abcdef'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'b24-recording-'))
  file = join(folder, 'bug.ndjson')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function open(options: Partial<PortalOptions> = {}): Promise<Portal> {
  const portal = await createPortal({ app: 'http://localhost:3000', limits: false, ...options })
  onTestFinished(() => portal.close())
  return portal
}

/** What the portal pushes, by the log. */
const pushed = (portal: Portal) => portal.log.filter(({ source, direction, title }) => source === 'push' && direction === 'out' && title.includes(':')).map(({ title }) => title)

/** A portal that wrote a file of two messages, one of which the app had sent. */
async function recordToFile(): Promise<void> {
  const portal = await open({ record: file })
  const socket = await openSocket(socketUrl(await pullConfig(portal)))
  await portal.waitFor('connection')
  portal.emit({ module: 'application', command: 'deal.saved', params: { id: 7, access_token: TOKEN }, extra: { origin: 'shop' }, userId: 2 })
  await rest(portal, tokenOf(portal), 'pull.application.event.add', { COMMAND: 'ping', PARAMS: { from: 'app', __b24PullFrom: 'page' } })
  socket.close()
  await portal.waitFor(() => portal.connections.length === 0)
}

describe('a portal that records', () => {
  it('writes messages, what the app sent and how the connection fared, without secrets', async () => {
    await recordToFile()
    const text = readFileSync(file, 'utf8')
    const { entries } = readRecording(text)
    expect(entries.map(entry => entry.kind === 'status' ? entry.status : entry.kind)).toEqual(['connected', 'message', 'sent', 'message', 'reconnecting'])
    expect(entries[1]).toMatchObject({ module: 'application', command: 'deal.saved', params: { id: 7, access_token: '***' }, to: [2], extra: { origin: 'shop' } })
    expect(entries[2]).toMatchObject({ kind: 'sent', command: 'ping', params: { from: 'app' } })
    expect(text).not.toContain(TOKEN)
    expect(text).not.toContain('__b24Pull')
  })

  it('records for its page from the start to the stop', async () => {
    const portal = await open()
    portal.emit({ module: 'application', command: 'before' })
    await control(portal, 'recording/start', {})
    expect((await state(portal)).isRecording).toBe(true)
    portal.emit({ module: 'application', command: 'deal.saved', params: { id: 7 } })
    const { body } = await control<{ text: string }>(portal, 'recording/stop', {})
    portal.emit({ module: 'application', command: 'after' })
    expect(readRecording(body.text).entries).toMatchObject([{ command: 'deal.saved', params: { id: 7 } }])
    expect((await state(portal)).isRecording).toBe(false)
    expect((await control<{ text: null }>(portal, 'recording/stop', {})).body.text).toBeNull()
  })
})

describe('a file that cannot be written', () => {
  /** Another folder than the recordings', for a test to take away. */
  const lost = () => join(folder, 'lost')

  it.each([
    ['a folder that is not there', () => join(folder, 'nowhere', 'bug.ndjson')],
    ['a folder', () => folder],
  ])('keeps a portal from starting where it is %s, and leaves its port free', async (_name, path) => {
    const { url, close } = await createPortal({ app: 'http://localhost:3000' })
    await close()
    const port = Number(new URL(url).port)
    const error: unknown = await createPortal({ app: 'http://localhost:3000', port, record: path() }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(PortalError)
    expect(error).toMatchObject({ code: 'PORTAL_BAD_OPTION', field: 'record', message: expect.stringMatching(/^Option `record` of the dev portal is '.*It cannot be written: E/) })
    expect((await open({ port })).url).toBe(url)
  })

  it('is left as it was by a portal that does not get its port', async () => {
    await recordToFile()
    const { port } = new URL((await open()).url)
    const before = readFileSync(file, 'utf8')
    await expect(open({ port: Number(port), record: file })).rejects.toThrow('Another program has this port.')
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('is told of once where it is lost on the way, and keeps nobody from playing, sending or connecting', async () => {
    await recordToFile()
    mkdirSync(lost())
    const problems: string[] = []
    const portal = await open({ record: join(lost(), 'again.ndjson'), recording: { file, speed: Infinity }, onProblem: line => problems.push(line) })
    rmSync(lost(), { recursive: true })
    await openSocket(socketUrl(await pullConfig(portal)))
    await portal.waitFor(() => portal.recording!.left.length === 0)
    portal.emit({ module: 'application', command: 'after' })
    expect(pushed(portal)).toEqual(expect.arrayContaining(['application:deal.saved', 'application:ping', 'application:after']))
    expect(problems).toEqual([expect.stringMatching(/^The recording '.*again\.ndjson' goes no further\. It cannot be written: ENOENT/)])
    expect(portal.log.filter(({ level }) => level === 'error').map(({ title }) => title)).toEqual(problems)
  })
})

describe('what was recorded', () => {
  it('plays in a portal to the first page that connects, field by field', async () => {
    await recordToFile()
    const again = join(folder, 'again.ndjson')
    const portal = await open({ recording: { file, speed: Infinity }, record: again })
    expect(pushed(portal)).toEqual([])
    const socket = await openSocket(socketUrl(await pullConfig(portal)))
    await portal.waitFor(() => portal.recording!.left.length === 0)
    socket.close()
    const messages = (path: string) => readRecording(readFileSync(path, 'utf8')).entries.flatMap((entry) => {
      if (entry.kind !== 'message') return []
      const { module, command, params, type, to = null, extra } = entry
      return [{ module, command, params, type, to, origin: extra.origin ?? null }]
    })
    expect(messages(again)).toEqual(messages(file))
    expect(messages(file)).toHaveLength(2)
  })

  it('plays step by step where that is wanted', async () => {
    await recordToFile()
    const portal = await open({ recording: { file, speed: 'step' } })
    await openSocket(socketUrl(await pullConfig(portal)))
    await portal.waitFor('connection')
    expect(pushed(portal)).toEqual([])
    expect(portal.recording!.next()).toMatchObject({ kind: 'status' })
    expect(portal.recording!.next()).toMatchObject({ kind: 'message', command: 'deal.saved' })
    expect(portal.recording!.left).toHaveLength(3)
  })

  it('plays in a test of a component, too', async () => {
    await recordToFile()
    const testing = createTestingPull({ recording: readFileSync(file, 'utf8') })
    const heard: string[] = []
    testing.pull.on('*', '*', (_params, { command }) => heard.push(command))
    await testing.recording.play({ speed: Infinity })
    expect(heard).toEqual(['deal.saved', 'ping'])
    expect(testing.pull.status.value).toBe('reconnecting')
  })

  it('is told of where it cannot be played to its end, and ends no process', async () => {
    const told: string[] = []
    const changes = createChanges()
    createPortalRecording({
      record: null,
      recording: { entries: [{ at: 0, kind: 'message', module: 'crm', command: 'deal.saved', params: {}, extra: {}, type: 'server', receivedAt: 1, source: 'push' }], speed: 1 },
      people: createPeople([{ id: 1, name: 'Ada', lastName: 'Admin', isAdmin: true }], () => {}),
      connections: () => 1,
      changes,
      send() {
        throw new Error('There is no room.')
      },
      cut: () => {},
      log: createLog(),
      tellProblem: line => told.push(line),
    })
    changes.notify()
    await expect.poll(() => told, { timeout: PATIENCE }).toEqual(['The recording plays no further. There is no room.'])
  })

  it('is refused where it is none', async () => {
    writeFileSync(file, 'hello')
    await expect(open({ recording: file })).rejects.toThrow(/Option `recording` of the dev portal is '.*bug\.ndjson'.*line 1 is no JSON/s)
    const { url, close } = await createPortal({ app: 'http://localhost:3000' })
    await close()
    const port = Number(new URL(url).port)
    await expect(open({ port, recording: join(folder, 'missing.ndjson') })).rejects.toThrow(/ENOENT.*Give the path of a file that recordPull\(\) or `--record` wrote\./s)
    expect((await open({ port })).url).toBe(url)
    await expect(open({ recording: { file, speed: 0 } })).rejects.toThrow(/Option `recording.speed` of the dev portal is 0/)
  })
})

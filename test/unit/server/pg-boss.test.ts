import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PullSender } from '../../../src/server'
import { createPgBossSender } from '../../../src/server/pg-boss'
import type { PgBossSenderOptions } from '../../../src/server/pg-boss'
import { createRepeatFilter } from '../../../src/runtime/rest/event-id'
import { PATIENCE } from '../../support/patience'
import { findPostgres } from '../../support/postgres'
import { bossForFile } from './support/boss-for-file'
import { serveManyPortals } from './support/many-portals'
import type { ManyPortals } from './support/many-portals'

/** The whole trial is the long run: `npx vitest run --project unit --mode long test/unit/server/pg-boss.test.ts`. */
const KILLS = import.meta.env.MODE === 'long' ? 20 : 2
/** Changes in each portal while its worker is dead. */
const CHANGES = 10
const PORTALS = ['one', 'two', 'three', 'four', 'five']

const bin = await findPostgres()
/** Of this test, and still alive. */
const workers = new Set<ChildProcess>()
let program = ''

if (!bin) it('PostgreSQL cannot be had on this machine: the durable sender was not run', () => expect(bin).toBeNull())

describe.runIf(bin)('the durable sender on PostgreSQL', () => {
  const kept = bossForFile(bin)
  let portals: ManyPortals
  let senders: PullSender[] = []
  let queue = ''
  let queues = 0

  beforeAll(async () => {
    program = await buildWorker()
  })

  beforeEach(async () => {
    // No limit: it is the queue that is tried here.
    portals = await serveManyPortals({ burst: Infinity })
    queue = `queue-${++queues}`
  })

  afterEach(async () => {
    for (const worker of workers) await killHard(worker)
    for (const sender of senders) await sender.close()
    senders = []
    await portals.close()
  })

  async function create(options: Partial<PgBossSenderOptions> = {}): Promise<PullSender> {
    const sender = await createPgBossSender({ boss: kept.boss, queue, connect: portals.connect, ...options })
    senders.push(sender)
    return sender
  }

  const idsOf = (memberId: string) => portals.get(memberId).heard.map(({ params }) => params.id)

  it('keeps what it took until somebody works, and sends it in its order, many events a request', async () => {
    const web = await create({ work: false })
    await Promise.all(Array.from({ length: 120 }, (_, id) => web.send('one', { command: 'ping', params: { id } })))
    expect(portals.requests()).toBe(0)
    const worker = await create()
    await worker.idle()
    expect(idsOf('one')).toEqual(Array.from({ length: 120 }, (_, id) => id))
    expect(portals.get('one')).toMatchObject({ requests: 3, atOnce: 1 })
    expect(worker.figures).toMatchObject({ sent: 120, failed: 0, requests: 3 })
  })

  it('sends only the newest of a key that waits', async () => {
    const web = await create({ work: false })
    for (const [key, id] of [['a', 1], ['b', 2], ['a', 3]] as const) await web.send('one', { command: 'ping', params: { id }, key })
    const worker = await create()
    await worker.idle()
    expect(idsOf('one')).toEqual([2, 3])
    expect(worker.figures).toMatchObject({ sent: 2, collapsed: 1 })
  })

  it('lets two workers call a portal one after the other', async () => {
    const workers = [await create(), await create()]
    for (const name of PORTALS) portals.get(name).delay = 5
    await Promise.all(Array.from({ length: 100 }, (_, i) => workers[i % 2]!.send(PORTALS[i % 5]!, { command: 'ping', params: { id: i } })))
    await Promise.all(workers.map(worker => worker.idle()))
    for (const name of PORTALS) {
      expect(portals.get(name).atOnce).toBe(1)
      expect(idsOf(name)).toHaveLength(20)
    }
  })

  it('holds a portal that fails, in its order, and no other', async () => {
    const worker = await create()
    portals.get('one').failing = { status: 500, error: 'INTERNAL_SERVER_ERROR', times: 1 }
    for (const id of [1, 2, 3]) await worker.send('one', { command: 'ping', params: { id } })
    await worker.send('two', { command: 'ping' })
    await vi.waitUntil(() => portals.get('two').heard.length === 1, { timeout: PATIENCE })
    await vi.waitUntil(() => portals.get('one').heard.length === 3, { timeout: PATIENCE })
    expect(idsOf('one')).toEqual([1, 2, 3])
  })

  it('tells once of a portal that is gone, drops what waits for it, and does not hold up the queue', async () => {
    const web = await create({ work: false })
    for (const id of [1, 2, 3]) await web.send('one', { command: 'ping', params: { id } })
    portals.get('one').failing = { status: 403, error: 'PORTAL_DELETED', times: Infinity }
    const onGone = vi.fn()
    const worker = await create({ onGone })
    await worker.idle()
    expect(onGone.mock.calls).toMatchObject([[{ memberId: 'one', dropped: 3 }]])
    await expect(worker.send('one', { command: 'ping' })).rejects.toMatchObject({ code: 'PORTAL_GONE' })
  })

  it('tells of an event that the portal refuses, and sends those behind it', async () => {
    const onFailed = vi.fn()
    portals.get('one').refuses = 'wrong'
    const web = await create({ work: false })
    await web.send('one', { command: 'wrong' })
    await web.send('one', { command: 'ping', params: { id: 2 } })
    const worker = await create({ onFailed })
    await worker.idle()
    expect(idsOf('one')).toEqual([2])
    expect(onFailed.mock.calls).toMatchObject([[{ memberId: 'one', error: { code: 'COMMAND_ERROR' } }]])
  })

  it(`loses and doubles nothing in handlers, and keeps each portal's order, when its worker is killed ${KILLS} times in the middle`, async () => {
    queue = 'b24-pull'
    const web = await create({ work: false })
    for (const name of PORTALS) portals.get(name).delay = 10
    let sent = 0
    const change = () => {
      const id = sent++
      return Promise.all(PORTALS.map(name => web.send(name, { command: 'deal.changed', params: { id } })))
    }
    for (let kill = 0; kill < KILLS; kill++) {
      // People do not wait for a server that is dead, and go on when it is back.
      for (let n = 0; n < CHANGES; n++) await change()
      const worker = await startWorker(kept.postgres.connectionString, portals.origin)
      const before = portals.requests()
      // In the middle: a request of its has come in, and is not answered yet.
      const isInTheMiddle = () => portals.requests() > before + kill * 3 % 5 && portals.busy() > 0
      const people = (async () => {
        while (worker.exitCode === null && worker.signalCode === null) await change()
      })()
      await vi.waitUntil(isInTheMiddle, { timeout: PATIENCE, interval: 1 }).finally(() => killHard(worker))
      await people
      // The heartbeats of the dead are overdue, as they would be half a minute later.
      await kept.boss.getDb().executeSql('UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval \'1 hour\' WHERE state = \'active\'')
      await kept.boss.supervise(queue)
    }
    const last = await startWorker(kept.postgres.connectionString, portals.origin)
    await vi.waitUntil(() => PORTALS.every(name => idsOf(name).at(-1) === sent - 1), { timeout: 4 * PATIENCE })
    await killHard(last)

    const expected = Array.from({ length: sent }, (_, id) => id)
    let repeats = 0
    for (const name of PORTALS) {
      // What the pages of this portal do with what reaches them.
      const isRepeat = createRepeatFilter()
      const heard = portals.get(name).heard.filter(({ params }) => !isRepeat(params.__b24PullId)).map(({ params }) => params.id)
      repeats += portals.get(name).heard.length - heard.length
      expect(heard).toEqual(expected)
    }
    console.info(`${KILLS} kills, ${sent * PORTALS.length} events, ${portals.requests()} requests, ${repeats} repeats on the wire`)
  }, 1_200_000)
})

/** The worker as a program of its own, for Node: its packages stay outside. */
async function buildWorker(): Promise<string> {
  const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
  const outDir = path('../../../node_modules/.cache/nuxt-b24-pull/pg-boss-worker')
  await build({ configFile: false, logLevel: 'silent', build: { ssr: path('./support/pg-boss-worker.ts'), outDir, target: 'node22', minify: false } })
  return join(outDir, 'pg-boss-worker.js')
}

async function startWorker(connectionString: string, origin: string): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [program, connectionString, origin], { stdio: ['ignore', 'pipe', 'pipe'] })
  workers.add(worker)
  await new Promise<void>((resolve, reject) => {
    let said = ''
    worker.stdout!.once('data', () => resolve())
    worker.stderr!.on('data', (chunk: Buffer) => void (said += String(chunk)))
    worker.once('exit', code => reject(new Error(`The worker ended with ${code}: ${said}`)))
  })
  return worker
}

async function killHard(worker: ChildProcess): Promise<void> {
  const ended = new Promise(resolve => worker.once('exit', resolve))
  worker.kill('SIGKILL')
  await ended
  workers.delete(worker)
}

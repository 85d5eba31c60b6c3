import type { B24OAuth } from '@bitrix24/b24jssdk'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PullSender } from '../../../src/server'
import { createPgBossSender } from '../../../src/server/pg-boss'
import type { PgBossSenderOptions } from '../../../src/server/pg-boss'
import { serveRefusals } from '../../support/oauth-server'
import { PATIENCE } from '../../support/patience'
import { findPostgres } from '../../support/postgres'
import { bossForFile } from './support/boss-for-file'
import { connectTo, serveManyPortals } from './support/many-portals'
import type { ManyPortals } from './support/many-portals'

const BROKEN = 'INTERNAL_SERVER_ERROR'

const bin = await findPostgres()

if (!bin) it('PostgreSQL cannot be had on this machine: what the durable sender tries again was not run', () => expect(bin).toBeNull())

describe.runIf(bin)('what the durable sender tries again', () => {
  const kept = bossForFile(bin)
  let portals: ManyPortals
  let oauth: Awaited<ReturnType<typeof serveRefusals>>
  let senders: PullSender[] = []
  let queue = ''
  let queues = 0
  const onFailed = vi.fn()
  const onGone = vi.fn()

  beforeEach(async () => {
    [portals, oauth] = await Promise.all([serveManyPortals({ burst: Infinity }), serveRefusals()])
    queue = `queue-${++queues}`
    onFailed.mockClear()
    onGone.mockClear()
  })

  afterEach(async () => {
    for (const sender of senders) await sender.close()
    senders = []
    await Promise.all([portals.close(), oauth.close()])
  })

  async function create(options: Partial<PgBossSenderOptions> = {}): Promise<PullSender> {
    const sender = await createPgBossSender({ boss: kept.boss, queue, connect: portals.connect, onFailed, onGone, ...options })
    senders.push(sender)
    return sender
  }

  const heard = () => portals.get('one').heard.map(({ command }) => command)
  const failed = () => onFailed.mock.calls.map(([{ event }]) => (event as { command: string }).command)

  it('is an event that fails for the first time, however long ago another one was given up', async () => {
    const worker = await create({ retryFor: 1 })
    portals.get('one').failing = { status: 500, error: BROKEN, times: Infinity }
    await worker.send('one', { command: 'first' })
    await worker.idle()
    expect(failed()).toEqual(['first'])
    portals.get('one').failing = { status: 500, error: BROKEN, times: 1 }
    await worker.send('one', { command: 'second' })
    await worker.idle()
    expect(failed()).toEqual(['first'])
    expect(heard()).toEqual(['second'])
  })

  it('is an event that has waited long, and was never tried', async () => {
    const web = await create({ work: false })
    await web.send('one', { command: 'first' })
    await kept.boss.getDb().executeSql('UPDATE pgboss.job SET created_on = created_on - interval \'1 hour\' WHERE name = $1', [queue])
    portals.get('one').failing = { status: 500, error: BROKEN, times: 1 }
    const worker = await create()
    await worker.idle()
    expect(heard()).toEqual(['first'])
    expect(onFailed).not.toHaveBeenCalled()
  })

  it('is given up by the time of its first try, whichever process that was of', async () => {
    portals.get('one').failing = { status: 500, error: BROKEN, times: Infinity }
    const before = await create()
    await before.send('one', { command: 'first' })
    await vi.waitUntil(async () => (await kept.boss.findJobs(queue)).some(({ state }) => state === 'retry'), { timeout: PATIENCE })
    await before.close()
    const requests = portals.requests()
    const after = await create({ retryFor: 1 })
    await after.idle()
    expect(failed()).toEqual(['first'])
    expect(portals.requests() - requests).toBe(1)
  })

  it('is not what the portal has taken, though those behind it fail for too long', async () => {
    portals.get('one').breaksAt = { command: 'second', error: BROKEN }
    const web = await create({ work: false })
    for (const command of ['first', 'second']) await web.send('one', { command })
    const worker = await create({ retryFor: 0 })
    await worker.idle()
    expect(heard()).toEqual(['first'])
    expect(failed()).toEqual(['second'])
    expect(worker.figures).toMatchObject({ queued: 0, sent: 1, failed: 1 })
  })

  it('is not what a portal had taken before it was gone, and that is not dropped either', async () => {
    portals.get('one').breaksAt = { command: 'second', error: 'PORTAL_DELETED' }
    const web = await create({ work: false })
    for (const command of ['first', 'second', 'third']) await web.send('one', { command })
    const worker = await create()
    await worker.idle()
    expect(heard()).toEqual(['first'])
    expect(onGone.mock.calls).toMatchObject([[{ memberId: 'one', dropped: 2 }]])
    expect(worker.figures).toMatchObject({ queued: 0, sent: 1, failed: 2 })
  })

  it('is what was refused because another process was the first to renew the tokens', async () => {
    const outdated = (memberId: string): B24OAuth => connectTo(portals.origin, memberId, { expires: 1, serverEndpoint: `${oauth.url}/rest/` })
    const connect = vi.fn(portals.connect).mockImplementationOnce(outdated).mockImplementationOnce(outdated)
    const worker = await create({ connect })
    await worker.send('one', { command: 'first' })
    await worker.idle()
    expect(heard()).toEqual(['first'])
    expect(onGone).not.toHaveBeenCalled()
  })

  it('has its defaults for options that are given as undefined', async () => {
    queue = 'b24-pull'
    const worker = await create({ queue: undefined, work: undefined, concurrency: undefined, retryFor: undefined })
    await worker.send('one', { command: 'first' })
    await worker.idle()
    expect(heard()).toEqual(['first'])
    expect(await kept.boss.getQueue('b24-pull')).toMatchObject({ policy: 'key_strict_fifo' })
  })
})

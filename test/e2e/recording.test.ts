import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import type { Rolldown } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watch } from 'vue'
import { root } from '../../scripts/lib/root.mjs'
import type { PortalOptions } from '../../src/portal'
import type { recordPull } from '../../src/record'
import type { RecordedEntry } from '../../src/runtime/recording/entries'
import { readRecording } from '../../src/runtime/recording/read-recording'
import { createTestingPull } from '../../src/testing'
import { startBuiltApp } from '../support/app'
import { launchBrowser } from '../support/browser'
import { crossSite, openPortal } from '../support/portal-page'
import type { OpenPortal } from '../support/portal-page'
import type { TestServer } from '../support/server'

// The playground as it is deployed, recorded by all three ways at once; what they wrote, played again.

type Message = Extract<RecordedEntry, { kind: 'message' }>

declare global {
  interface Window { recording: ReturnType<typeof recordPull> }
}

const TOKEN = '0123456789abcdef0123456789abcdef'
const users = [{ id: 1, name: 'Ada' }, { id: 2, name: 'Emil' }]
const ways = ['recordPull()', 'the button', '--record'] as const

const folder = mkdtempSync(join(tmpdir(), 'b24-recording-'))
const fileOf = (way: string) => join(folder, `${way.replace(/\W/g, '')}.ndjson`)
const recorded = {} as Record<typeof ways[number], RecordedEntry[]>
let browser: Browser
let server: TestServer
/** `nuxt-b24-pull/record` for a page that has been built without it. */
let recorder: string

beforeAll(async () => {
  [browser, server, recorder] = await Promise.all([launchBrowser(), startBuiltApp(), bundleRecorder()])
  await record()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function bundleRecorder(): Promise<string> {
  const { output: [chunk] } = await build({ configFile: false, logLevel: 'error', build: { write: false, minify: false, lib: { entry: join(root, 'src/record/index.ts'), formats: ['iife'], name: 'recorder' } } }).then(built => [built].flat()[0] as Rolldown.RolldownOutput)
  return chunk.code
}

/** The playground in a portal, and all that it hears written down. */
async function openRecorded(options: Partial<PortalOptions>): Promise<OpenPortal & { text: () => Promise<string> }> {
  const open = await openPortal(browser, {
    app: crossSite(server.url),
    users,
    server: { version: 5 },
    prepare: context => context.addInitScript({ content: `${recorder};(${recordAsItMounts})(recorder)` }),
    ...options,
  })
  return { ...open, text: () => open.app.locator('body').evaluate(() => window.recording.stop()) }
}

/** Runs in every frame, before its own scripts: Vue marks the element of an app that mounts, which is before anything can come. */
function recordAsItMounts(recorder: { recordPull: typeof recordPull }): void {
  type MountedApp = { config: { globalProperties: { $b24Pull?: Parameters<typeof recordPull>[0] } } }
  const apps = new WeakMap<object, MountedApp>()
  Object.defineProperty(Element.prototype, '__vue_app__', {
    get() {
      return apps.get(this)
    },
    set(app: MountedApp) {
      apps.set(this, app)
      const { $b24Pull } = app.config.globalProperties
      if ($b24Pull) window.recording = recorder.recordPull($b24Pull)
    },
  })
}

async function record(): Promise<void> {
  const open = await openRecorded({ record: fileOf('--record') })
  const { portal, page, inApp } = open
  await inApp('pull-status').filter({ hasText: 'connected' }).waitFor()
  await page.getByRole('complementary', { name: 'Tools' }).getByRole('tab', { name: 'Log' }).click()
  await page.getByRole('button', { name: 'Record' }).click()
  await page.getByRole('button', { name: 'Stop and save' }).waitFor()

  await inApp('ping-send').click()
  await inApp('ping-count').filter({ hasText: '1' }).waitFor()
  portal.emit({ module: 'application', command: 'deal.saved', params: { id: 7, title: 'Ünïcode', lines: [{ n: 1.5, ok: true, none: null }], access_token: TOKEN }, extra: { origin: 'shop' } })
  portal.emit({ module: 'crm', command: 'item.moved', params: {}, userId: 1 })
  portal.faults.on('cut-connections')
  await inApp('pull-status').filter({ hasText: 'connected' }).waitFor()
  portal.emit({ module: 'application', command: 'ping', params: { from: 'the end' } })
  await inApp('ping-count').filter({ hasText: '2' }).waitFor()

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Stop and save' }).click()])
  await download.saveAs(fileOf('the button'))
  writeFileSync(fileOf('recordPull()'), await open.text())
  await open.close()
  for (const way of ways) recorded[way] = entriesIn(readFileSync(fileOf(way), 'utf8'))
}

const entriesIn = (text: string): RecordedEntry[] => readRecording(text).entries
const messagesOf = (entries: readonly RecordedEntry[]) => entries.filter((entry): entry is Message => entry.kind === 'message')

/** All of a message but for when it was. */
function withoutTime({ at: _at, receivedAt: _receivedAt, to: _to, extra, ...fields }: Message) {
  const { server_time: _time, server_time_unix: _unix, server_time_ago: _ago, server_name: _name, sender: _sender, ...own } = extra
  return { ...fields, extra: own }
}

/** A recording in which everything takes so many times as long. */
function stretched(text: string, times: number): string {
  return text.trim().split('\n').map((line) => {
    const entry = JSON.parse(line) as { at?: number }
    return JSON.stringify(entry.at === undefined ? entry : { ...entry, at: entry.at * times })
  }).join('\n')
}

describe('a recording of the playground', () => {
  it.each(ways)('by %s has every message, and what the app sent, without secrets', (way) => {
    expect(messagesOf(recorded[way]).map(withoutTime)).toMatchObject([
      { module: 'application', command: 'ping', type: 'server', source: 'push', extra: {} },
      { module: 'application', command: 'deal.saved', params: { id: 7, title: 'Ünïcode', lines: [{ n: 1.5, ok: true, none: null }], access_token: '***' }, extra: { origin: 'shop' } },
      { module: 'crm', command: 'item.moved', params: {} },
      { module: 'application', command: 'ping', params: { from: 'the end' } },
    ])
    expect(recorded[way].filter(({ kind }) => kind === 'sent')).toMatchObject([{ module: 'application', command: 'ping', error: null }])
    expect(recorded[way].flatMap(entry => entry.kind === 'status' ? entry.status : [])).toEqual(expect.arrayContaining(['reconnecting', 'connected']))
    expect(readFileSync(fileOf(way), 'utf8')).not.toContain(TOKEN)
  })

  it('is the same by all three', () => {
    const [first, ...others] = ways.map(way => messagesOf(recorded[way]).map(withoutTime))
    for (const other of others) expect(other).toEqual(first)
  })
})

describe.each(ways)('what %s wrote, in a testing pull', (way) => {
  it('is the same again, field by field', async () => {
    const text = readFileSync(fileOf(way), 'utf8')
    let status = readRecording(text).header.status!
    const testing = createTestingPull({ recording: text, status, logLevel: 'silent' })
    const told: unknown[] = []
    testing.pull.on('*', '*', (_params, message) => void told.push({ ...message }))
    const end = watch([testing.pull.status, testing.pull.attempt], ([status, attempt]) => void told.push({ status, attempt, reason: testing.pull.reason.value?.code ?? null }), { flush: 'sync' })
    await testing.recording.play({ speed: Infinity })
    end()
    expect(told).toEqual(recorded[way].flatMap((entry): object[] => {
      if (entry.kind === 'message') {
        const { at: _at, kind: _kind, to: _to, ...message } = entry
        return [message]
      }
      if (entry.kind !== 'status' || entry.status === status) return []
      status = entry.status
      return [{ status, attempt: entry.attempt, reason: entry.reason?.code ?? null }]
    }))
    expect(testing.recording.left).toEqual([])
  })
})

describe('in a portal, to the playground in a browser', () => {
  /** Plays a file, and answers what the app heard. */
  async function replay(file: string, speed: number | 'step', drive = async (_open: OpenPortal): Promise<void> => {}): Promise<Message[]> {
    const open = await openRecorded({ recording: { file, speed } })
    try {
      await drive(open)
      await expect.poll(() => open.portal.recording!.left).toEqual([])
      await open.inApp('ping-count').filter({ hasText: '2' }).waitFor()
      return messagesOf(entriesIn(await open.text()))
    }
    finally {
      await open.close()
    }
  }

  it('is the same again, field by field, in its own time and faster', async () => {
    const original = messagesOf(recorded['recordPull()'])
    const inOwnTime = await replay(fileOf('recordPull()'), 1)
    expect(inOwnTime.map(withoutTime)).toEqual(original.map(withoutTime))
    // Hours long, so that no machine is too slow to show that it goes faster.
    const long = join(folder, 'long.ndjson')
    writeFileSync(long, stretched(readFileSync(fileOf('recordPull()'), 'utf8'), 100_000))
    const faster = await replay(long, 1_000_000)
    expect(faster.map(withoutTime)).toEqual(original.map(withoutTime))
  })

  it.each(['the button', '--record'] as const)('plays what %s wrote', async (way) => {
    const again = await replay(fileOf(way), Infinity)
    expect(again.map(withoutTime)).toEqual(messagesOf(recorded[way]).map(withoutTime))
  })

  it('goes step by step', async () => {
    const steps: (RecordedEntry | null)[] = []
    const heard = await replay(fileOf('--record'), 'step', async ({ portal, inApp }) => {
      await inApp('pull-status').filter({ hasText: 'connected' }).waitFor()
      do steps.push(portal.recording!.next())
      while (steps.at(-1)?.kind !== 'message')
      await inApp('ping-count').filter({ hasText: '1' }).waitFor()
      while (portal.recording!.left.length) steps.push(portal.recording!.next())
    })
    expect(steps).toEqual(recorded['--record'])
    expect(heard.map(withoutTime)).toEqual(messagesOf(recorded['--record']).map(withoutTime))
  })
})

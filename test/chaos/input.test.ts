import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fuzzedFrames } from '../support/fuzz-frames'
import { pageForFile } from '../support/page-for-file'
import { PATIENCE } from '../support/patience'
import { chooseSeed } from '../support/random'
import { openStress, serveStressPage } from '../support/stress-page'
import type { OpenStress } from '../support/stress-page'
import { wireBody, wireFrame, wireId } from '../support/wire'
import type { WireFrame, WireMessage, WireVersion } from '../support/wire'

const FUZZED = import.meta.env.MODE === 'long' ? 10_000 : 1_000
const MB = 1024 * 1024

const site = pageForFile(serveStressPage)

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
const hostileNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '*', ' ']
const wrongValues: unknown[] = [undefined, null, 0, -1, 1e308, true, '', 'text', [], [1], {}, { toString: 1 }, { length: 1e9 }]

/** One message with a wrong value in one field after another. */
function wrongFields(): WireMessage[] {
  return wrongValues.flatMap(value => [
    { mid: value, body: wireBody() },
    { mid: wireId(), body: value },
    { mid: wireId(), sender: value, body: wireBody() },
    ...['module_id', 'command', 'params', 'extra'].map(field => ({ mid: wireId(), body: wireBody({ [field]: value }) })),
    { mid: wireId(), body: wireBody({ extra: { sender: value, server_time_unix: value, revision_web: value } }) },
    { mid: wireId(), body: wireBody({ module_id: 'online', command: 'userStatusChange', params: value }) },
  ])
}

function hostileNamesEverywhere(): (WireMessage | string)[] {
  return hostileNames.flatMap(name => [
    { mid: wireId(), body: wireBody({ module_id: name, command: name }) },
    // `JSON.stringify` would drop a key `__proto__`.
    { mid: wireId(), body: JSON.parse(`{"module_id":"application","command":"wire","params":{"${name}":{"polluted":true}},"extra":{"${name}":{"polluted":true}}}`) as object },
    { mid: wireId(), body: JSON.parse(`{"${name}":{"polluted":true},"module_id":"${name}","command":"${name}","params":{"${name}":1}}`) as object },
  ])
}

const brokenControl: WireMessage[] = [
  'unknown_command', 'toString', '__proto__',
].map(command => ({ mid: wireId(), body: wireBody({ module_id: 'pull', command }) }))

describe.each<WireVersion>([5, 4, 3])('input from a push server of version %i', (version) => {
  let open: OpenStress
  let n = 0
  let connection: string | undefined

  beforeAll(async () => {
    open = await openStress(site.browser, { app: site.url, server: { version } })
    await open.status('connected')
  })

  afterAll(() => open?.close())

  beforeEach(async () => {
    await open.inFrame(page => void (page.heard.numbers.length = 0))
    await open.sendAndHear(++n)
    connection = open.portal.connections[0]?.id
  })

  const send = (...frames: WireFrame[]) => frames.forEach(frame => open.portal.sendRaw(frame))
  const frame = (...messages: (WireMessage | string)[]) => wireFrame(version, messages)

  async function isUnharmed(): Promise<void> {
    await open.sendAndHear(++n)
    expect(open.problems.uncaught).toEqual([])
    expect(await open.inFrame(() => [Object.keys(Object.prototype), 'polluted' in {}])).toEqual([[], false])
  }

  /** The connection is the same one: what came has not even cost a reconnect. */
  const isSameConnection = () => expect(open.portal.connections.map(({ id }) => id)).toEqual([connection])

  const cases: [string, () => WireFrame[]][] = [
    ['malformed JSON', () => [frame('{'), frame('{"module_id":'), frame('nonsense'), frame(''), '{', '[', '', 'null', '5', '"text"', '[null,5,"text",[],{}]']],
    ['frames of the other generations', () => ([5, 4, 3] as const).filter(other => other !== version).map(other => wireFrame(other, [{ mid: wireId(), body: wireBody() }]))],
    ['binary garbage', () => [[], [0], [255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255], [10, 255, 255, 255, 255, 15], [10, 2, 10, 9], [10, 4, 10, 2, 10, 200]].map(bytes => new Uint8Array(bytes))],
    ['a deeply nested message', () => [
      frame(`{"module_id":"application","command":"deep","params":{"deep":${deep(10_000)}}}`), frame(deep(10_000)), deep(10_000),
      frame({ mid: wireId(), body: JSON.parse(`{"module_id":"application","command":"deep","params":{"deep":${deep(1_000)}}}`) as object }),
    ]],
    ['a deeply nested answer to a call', () => [`{"jsonrpc":"2.0","id":1,"result":${deep(20_000)}}`, `[{"jsonrpc":"2.0","id":1,"result":${deep(20_000)}}]`]],
    ['wrong types in every field', () => wrongFields().map(message => frame(message))],
    ['missing fields', () => [{}, { mid: wireId() }, { body: {} }, { body: { module_id: 'application' } }, { body: { command: 'wire' } }].map(message => frame(message))],
    ['names of prototypes as module, command and keys', () => hostileNamesEverywhere().map(message => frame(message))],
    ['unknown control commands', () => brokenControl.map(message => frame(message))],
    ['marks without an end, by the thousand', () => ['#!NGINXNMS!#'.repeat(20_000)]],
  ]

  it.each(cases)('survives %s', async (_, frames) => {
    send(...frames())
    await isUnharmed()
    isSameConnection()
  })

  it('survives messages of more than 1 MB, and delivers the readable one', async () => {
    const text = 'x'.repeat(2 * MB)
    send(frame(text), frame({ mid: wireId(), body: wireBody({ module_id: text }) }), frame({ mid: text, body: wireBody({ command: text }) }))
    send(frame({ mid: wireId(), body: wireBody({ command: 'shown', params: { text } }) }))
    await isUnharmed()
    isSameConnection()
    await open.frame.waitForFunction(length => (document.querySelector('p')?.textContent?.length ?? 0) > length, text.length)
  })

  it('delivers the others of a batch in which one after another is bad', async () => {
    const bad = ['{', 'null', '5', '"text"', '[]', '{}', '{"extra":5}', '{"module_id":5,"command":{}}']
    const good = (i: number) => ({ mid: wireId(), body: wireBody({ command: 'numbered', params: { n: -1 - i } }) })
    const inText = (i: number, text: string) => version === 3 ? [good(i), `{"mid":"${wireId()}","text":${text}}`, text] : [good(i), text]
    send(frame(...bad.flatMap((text, i) => {
      // A text that is no JSON cannot stand in version 5's list: the list itself would be none.
      return version === 5 && text === '{' ? [good(i)] : inText(i, text)
    }), good(bad.length)))
    await isUnharmed()
    const heard = await open.inFrame(page => page.heard.numbers.filter(number => number < 0))
    expect(heard).toEqual(Array.from({ length: bad.length + 1 }, (_, i) => -1 - i))
    isSameConnection()
  })

  it('delivers a repeat once and ids out of order as they come', async () => {
    const ids = Array.from({ length: 3 }, wireId)
    const message = (id: number) => ({ mid: ids[id], body: wireBody({ command: 'numbered', params: { n: -1 - id } }) })
    send(frame(message(2)), frame(message(0)), frame(message(2)), frame(message(1), message(1), message(0)))
    await isUnharmed()
    expect(await open.inFrame(page => page.heard.numbers.filter(number => number < 0))).toEqual([-3, -1, -2])
  })

  it('keeps the place to go on from when a frame has no usable id, so that the next cut loses nothing', async () => {
    send('nonsense', frame('{'), frame({ mid: null, body: wireBody() }), frame({ mid: {}, body: wireBody() }), new Uint8Array([1]))
    await open.sendAndHear(++n)
    send('nonsense', frame({ body: wireBody() }), new Uint8Array())
    open.portal.faults.on('cut-connections')
    await open.sendAndHear(++n)
    expect(await open.inFrame(page => page.heard.gaps)).toEqual([])
  })

  it('tells the developer once per kind, however much comes', async () => {
    const fresh = await openStress(site.browser, { app: site.url, server: { version } })
    await fresh.status('connected')
    for (let i = 0; i < 100; i++) for (const bad of ['nonsense', frame({ mid: wireId(), body: wireBody({ module_id: 5 }) }), frame({ mid: wireId(), body: wireBody({ command: 5 }) })]) fresh.portal.sendRaw(bad)
    await fresh.sendAndHear(1)
    await expect.poll(() => fresh.lines.length).toBe(3)
    await fresh.sendAndHear(2)
    expect(new Set(fresh.lines).size).toBe(3)
    expect(fresh.lines).toHaveLength(3)
    await fresh.close()
  })

  it(`survives ${FUZZED} fuzzed frames, and holds on to none of them`, async () => {
    const seed = chooseSeed(`Fuzzing version ${version}`)
    const frames = fuzzedFrames(version)
    let round = 0
    const sendMany = async (count: number) => {
      for (let sent = 0; sent < count; sent += 500) {
        for (const frame of fc.sample(frames, { seed: seed + round++, numRuns: 500 })) open.portal.sendRaw(frame)
        await open.sendAndHear(++n)
      }
    }
    // What is bounded fills up first: history, counts, the last ids.
    await sendMany(2_000)
    const before = await open.heap()
    await sendMany(FUZZED)
    const grown = (await open.heap() - before) / MB
    console.info(`Version ${version}: ${FUZZED} fuzzed frames, heap ${grown.toFixed(2)} MB more.`)
    expect(grown, `SEED=${seed}`).toBeLessThan(5)
    await isUnharmed()
    isSameConnection()
  })
})

describe.each<WireVersion>([5, 4, 3])('a channel that expires on version %i, with nothing to take its place', (version) => {
  it('makes the client ask for a new configuration', async () => {
    const open = await openStress(site.browser, { app: site.url, server: { version } })
    await open.status('connected')
    const asked = () => open.portal.requests.filter(({ method }) => method === 'pull.application.config.get').length
    const before = asked()
    open.portal.sendRaw(wireFrame(version, [{ mid: wireId(), body: wireBody({ module_id: 'pull', command: 'channel_expire', params: { action: 'reconnect', channel: { type: 'private' } } }) }]))
    await open.portal.waitFor(() => asked() === before + 1, { timeout: PATIENCE })
    await open.status('connected')
    await open.sendAndHear(1)
    expect(open.problems.uncaught).toEqual([])
    await open.close()
  })
})

describe('frames that come before the connection is ready', () => {
  it.each<[WireVersion, 'websocket' | 'long-polling']>([[5, 'websocket'], [4, 'websocket'], [3, 'websocket'], [5, 'long-polling'], [4, 'long-polling'], [3, 'long-polling']])('are taken or refused quietly on version %i over %s', async (version, transport) => {
    const open = await openStress(site.browser, { app: `${site.url}?autoStart=false`, server: { version, transport }, pollTimeout: 250 })
    const welcomed = open.portal.waitFor('connection', undefined, { timeout: PATIENCE })
    await open.inFrame(page => void page.pull.start())
    await welcomed
    for (const frame of ['nonsense', wireFrame(version, ['{']), new Uint8Array([1, 2, 3])]) open.portal.sendRaw(frame)
    await open.status('connected')
    await open.sendAndHear(1)
    expect(open.problems.uncaught).toEqual([])
    await open.close()
  })
})

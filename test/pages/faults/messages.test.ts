import type { WebSocket } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commandsIn, connectedFrame, openConnection, serveConnectionPage } from '../../support/connection-page'
import type { OpenConnection } from '../../support/connection-page'
import { pageForFile } from '../../support/page-for-file'

// Faults on the way of messages, and what reaches the listeners of a page.

const site = pageForFile(serveConnectionPage)
let open: OpenConnection
let socket: WebSocket
let frames: string[]

beforeAll(async () => {
  open = await openConnection(site.browser, { app: site.url })
  open.page.on('websocket', (opened) => {
    socket = opened
    frames = []
    opened.on('framereceived', ({ payload }) => frames.push(Buffer.from(payload).toString('hex')))
  })
})

afterAll(() => open?.close())

beforeEach(async () => {
  await open.reopen()
  await connectedFrame(open.page, open.portal.frames[0]!.id)
})

afterEach(() => {
  open.portal.faults.clear()
  expect(open.problems.uncaught).toEqual([])
})

const emit = (...commands: string[]) => commands.map(command => open.portal.emit({ module: 'application', command })[0]!)
const commands = () => commandsIn(open.frame)
const isOn = (name: string) => open.portal.faults.list.some(fault => fault.name === name && fault.isOn)

async function received(command: string): Promise<void> {
  await open.frame.waitForFunction(expected => window.testPage.recorded.messages.some(({ command }) => command === expected), command)
}

describe('push-delay', () => {
  it('makes messages late', async () => {
    open.portal.faults.on('push-delay', { ms: 400 })
    const sentAt = Date.now()
    emit('late')
    await received('late')
    const receivedAt = await open.inFrame(({ recorded }) => recorded.messages[0]!.receivedAt)
    expect(receivedAt - sentAt).toBeGreaterThanOrEqual(395)
  })

  it('keeps their order, however much they are late by', async () => {
    open.portal.faults.on('push-delay', { ms: 0, jitter: 200 })
    const sent = Array.from({ length: 30 }, (_, n) => `n${n}`)
    emit(...sent)
    await received('n29')
    expect(await commands()).toEqual(sent)
  })
})

describe('drop-messages', () => {
  it('loses the next ones without a sign, and no others', async () => {
    emit('before')
    open.portal.faults.on('drop-messages', { count: 2 })
    emit('lost', 'lost', 'after')
    await received('after')
    open.portal.faults.on('cut-connections')
    await open.frame.waitForFunction(() => window.testPage.recorded.changes.some(({ current }) => current === 'reconnecting'))
    emit('later')
    await received('later')
    expect(await commands()).toEqual(['before', 'after', 'later'])
    expect(await open.inFrame(({ recorded }) => recorded.gaps)).toEqual([])
    expect(isOn('drop-messages')).toBe(false)
  })
})

describe('repeat-messages', () => {
  it('sends the next ones twice, which listeners hear once', async () => {
    open.portal.faults.on('repeat-messages', { count: 2 })
    const ids = emit('first', 'second', 'third')
    await received('third')
    const times = ids.map(id => frames.join().split(id).length - 1)
    expect(times).toEqual([2, 2, 1])
    expect(await commands()).toEqual(['first', 'second', 'third'])
    expect(socket.isClosed()).toBe(false)
  })
})

describe('reorder-messages', () => {
  it('holds the next ones back and then delivers the last first', async () => {
    open.portal.faults.on('reorder-messages', { count: 3 })
    emit('1', '2', '3', '4')
    await received('4')
    expect(await commands()).toEqual(['3', '2', '1', '4'])
  })

  it('lets go what it holds when it is switched off', async () => {
    open.portal.faults.on('reorder-messages', { count: 10 })
    emit('1', '2')
    open.portal.faults.off('reorder-messages')
    emit('3')
    await received('3')
    expect(await commands()).toEqual(['2', '1', '3'])
  })
})

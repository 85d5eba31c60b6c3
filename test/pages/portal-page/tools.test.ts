import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Frame } from 'playwright-core'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { commandsIn, connectedFrame } from '../../support/connection-page'
import type { OpenConnection } from '../../support/connection-page'
import { openForEachTest } from '../../support/open-for-each-test'

// The log, the connections, the push server and events to the back end, in the portal's page.

let open: OpenConnection
let app: Frame

openForEachTest(opened => (open = opened))
beforeEach(() => connect())

const connect = async () => void (app = await connectedFrame(open.page, open.portal.frames[0]!.id))
const tab = (name: string) => open.page.getByRole('tab', { name }).click()
const button = (name: string) => open.page.getByRole('button', { name, exact: true })

describe('a panel', () => {
  it('is built when it is first shown, and keeps what stands in its fields from then on', async () => {
    const fault = open.page.getByText('Swallow connections', { exact: true })
    await tab('Portal')
    expect(await fault.count()).toBe(0)
    await tab('Faults')
    await open.page.getByLabel('Close code').fill('4021')
    await tab('Send')
    expect(await fault.count()).toBe(1)
    await tab('Faults')
    expect(await open.page.getByLabel('Close code').inputValue()).toBe('4021')
  })
})

describe('the log', () => {
  const rows = () => open.page.getByRole('list', { name: 'Log, newest first' }).getByRole('listitem')
  const titles = () => rows().locator('.log-title').allTextContents()

  it('shows what is chosen: by source, by words, only what went wrong', async () => {
    await app.evaluate(() => window.testPage.connection.call('no.such.method', { deal: 4711 }).catch(() => {}))
    await tab('Log')
    await rows().filter({ hasText: 'no.such.method' }).first().waitFor()

    await button('bridge').click()
    await expect.poll(titles).toEqual(['setInstall', 'getInitData'])
    await button('bridge').click()
    await open.page.getByLabel('Search the log').fill('4711')
    await expect.poll(titles).toEqual(['no.such.method'])
    await open.page.getByLabel('Search the log').fill('')
    await open.page.getByRole('switch', { name: 'Problems' }).click()
    await expect.poll(titles).toEqual(['no.such.method', 'The dev portal has no method no.such.method'])
  })

  it('opens an entry\'s details, in which no secret stands', async () => {
    await tab('Log')
    await rows().filter({ hasText: 'getInitData' }).getByRole('button').click()
    const details = open.page.getByLabel('Details')
    await details.filter({ hasText: 'AUTH_EXPIRES' }).waitFor()
    const text = await details.textContent() ?? ''
    expect(JSON.parse(text)).toMatchObject({ answer: { AUTH_ID: '•••', REFRESH_ID: '•••', AUTH_EXPIRES: '3600' } })
    expect(text).not.toMatch(/[0-9a-f]{32}/)
  })

  it('is emptied, in the portal, too', async () => {
    await tab('Log')
    await rows().first().waitFor()
    await button('Clear').click()
    await open.page.getByText('Nothing to show yet.').waitFor()
    expect(open.portal.log).toEqual([])
  })
})

describe('the list of connections', () => {
  it('says who, how, and up to which message', async () => {
    await tab('Connections')
    const row = open.page.getByRole('row').filter({ hasText: 'Ada Admin' })
    await row.filter({ hasText: 'websocket v4' }).waitFor()
    const [id] = open.portal.emit({ module: 'application', command: 'ping' })
    await row.filter({ hasText: id }).waitFor()
    await app.evaluate(() => window.testPage.connection.stop())
    await row.waitFor({ state: 'detached' })
  })
})

describe('the switch of the push server', () => {
  it.each([
    ['5 · JSON-RPC', 'WebSocket', { version: 5, transport: 'websocket' }],
    ['3 · text frames', 'Long polling', { version: 3, transport: 'long-polling' }],
  ] as const)('to %s over %s opens the frames anew, and messages come by it', async (version, transport, settings) => {
    await tab('Portal')
    const select = async (label: string, choice: string) => {
      await open.page.getByRole('combobox', { name: label }).click()
      await open.page.getByRole('option', { name: choice }).click()
    }
    await select('Generation', version)
    await select('Transport', transport)
    const before = await open.page.getByTestId('app-frame').elementHandle()
    await button('Switch the push server').click()
    await open.page.waitForFunction(old => !old?.isConnected, before)
    expect(open.portal.server).toMatchObject(settings)
    await connect()
    expect(open.portal.connections.map(({ version, transport }) => ({ version, transport }))).toEqual([settings])
    open.portal.emit({ module: 'application', command: 'hello' })
    await expect.poll(() => commandsIn(app)).toEqual(['hello'])
    await open.page.getByText(`push server ${settings.version}, ${settings.transport}, personal`).waitFor()
  })
})

describe('an event to the app\'s back end', () => {
  it('reaches the handler that the app has bound, with the application\'s token', async () => {
    const bodies: URLSearchParams[] = []
    const handler = await listen((body) => {
      bodies.push(new URLSearchParams(body))
      return 200
    })
    await app.evaluate(url => window.testPage.connection.call('event.bind', { event: 'OnCrmDealUpdate', handler: url }), handler)
    await tab('Portal')
    await open.page.getByText(handler).waitFor()
    await open.page.getByLabel('Data').fill('{ "FIELDS": { "ID": 42 } }')
    await button('Fire the event').click()
    await open.page.getByRole('status').filter({ hasText: `${handler} answered 200.` }).waitFor()
    expect(bodies.map(body => [body.get('event'), body.get('data[FIELDS][ID]'), body.get('auth[application_token]')]))
      .toEqual([['ONCRMDEALUPDATE', '42', open.portal.applicationToken]])
  })

  it('is chosen from those of the platform, and brings its data unless somebody has written there', async () => {
    await tab('Portal')
    const event = open.page.getByRole('combobox', { name: 'Event' })
    const data = open.page.getByLabel('Data')
    await event.fill('ONCRMDEALMOVE')
    await open.page.getByRole('option', { name: 'ONCRMDEALMOVETOCATEGORY' }).click()
    await open.page.getByText('A deal was moved to another pipeline.').waitFor()
    expect(JSON.parse(await data.inputValue())).toEqual({ FIELDS: { ID: '42', CATEGORY_ID: '1', STAGE_ID: 'C1:NEW' } })
    await data.fill('{ "FIELDS": { "ID": "7" } }')
    await event.fill('ONTASKADD')
    await open.page.getByText('A task was added.').waitFor()
    expect(await data.inputValue()).toBe('{ "FIELDS": { "ID": "7" } }')
    await event.fill('ONMYOWNEVENT')
    await button('Fire the event').click()
    await open.page.getByText('reached nobody: no handler is bound to it.').waitFor()
    expect(open.portal.log.some(({ title }) => title === 'ONMYOWNEVENT')).toBe(true)
  })

  it('says so where nobody has bound it, or the handler fails', async () => {
    await tab('Portal')
    await button('Fire the event').click()
    await open.page.getByText('reached nobody: no handler is bound to it.').waitFor()
    const handler = await listen(() => 500)
    await app.evaluate(async (url) => {
      await window.testPage.connection.call('event.bind', { event: 'ONCRMDEALUPDATE', event_type: 'offline' })
      await window.testPage.connection.call('event.bind', { event: 'ONCRMDEALUPDATE', handler: url })
    }, handler)
    await open.page.getByText(handler).waitFor()
    await button('Fire the event').click()
    const outcome = open.page.getByRole('status')
    await outcome.filter({ hasText: `${handler}: The handler answered 500; an online event is sent once` }).waitFor()
    await outcome.filter({ hasText: 'Queued for one reader of offline events.' }).waitFor()
  })

  /** A back end on loopback; answers with the status that `take` returns. */
  async function listen(take: (body: string) => number): Promise<string> {
    const backend: Server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      response.writeHead(take(body)).end()
    })
    backend.listen(0, '127.0.0.1')
    await once(backend, 'listening')
    onTestFinished(() => void backend.close())
    return `http://127.0.0.1:${(backend.address() as AddressInfo).port}/b24/event`
  }
})

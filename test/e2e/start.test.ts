import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { end, start } from '../../scripts/lib/run.mjs'
import { launchBrowser, watchProblems } from '../support/browser'
import { cloneInstalled } from '../support/clone'
import type { Clone } from '../support/clone'
import { freePort } from '../support/ports'
import { ownEnv } from '../support/server'

const HOST = 'localhost'

let browser: Browser
/** The portal's, open all the time: each opening has the dev server hand over the app module by module. */
let page: Page
let frame: FrameLocator
let clone: Clone
let command: ChildProcess
let port: number
let portalPort: number
let printed = ''

/** Addresses in the lines that say where the dev portal is. */
const portals = () => [...printed.matchAll(/^Dev portal: (\S+)$/gm)].map(match => match[1]!)

beforeAll(async () => {
  clone = cloneInstalled();
  [browser, port, portalPort] = await Promise.all([launchBrowser(), freePort('start', HOST), freePort('start-portal')])
  command = start(process.execPath, ['scripts/start.mjs'], {
    cwd: clone.dir,
    env: { ...ownEnv(), HOST, PORT: String(port), PORTAL_PORT: String(portalPort) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  command.stdout?.on('data', chunk => (printed += chunk))
  command.stderr?.on('data', chunk => (printed += chunk))
})

afterAll(async () => {
  await browser?.close()
  // Longer than it gives its own children.
  if (command) await end(command, 10_000)
  clone?.remove()
})

describe('`npm start`, where all is installed and prepared', () => {
  it('prints one line with the dev portal\'s address once all is ready', async () => {
    await expect.poll(() => command.exitCode ?? portals().length, { message: 'the line', timeout: 200_000 }).not.toBe(0)
    expect(portals(), printed).toEqual([`http://127.0.0.1:${portalPort}`])
    expect((await fetch(`http://${HOST}:${port}`)).status).toBe(200)
    expect(printed).toContain(`http://${HOST}:${port}/`)
  })

  it('shows the playground connected there at the first load: pings arrive from its button and from the portal\'s form', async () => {
    page = await browser.newPage()
    await page.goto(portals()[0]!)
    frame = page.frameLocator('[data-testid="app-frame"]')
    await frame.getByTestId('pull-status').filter({ hasText: 'connected' }).waitFor()
    await frame.getByTestId('ping-send').click()
    await frame.getByTestId('ping-count').filter({ hasText: /^\s*1\s*$/ }).waitFor()
    await page.getByTestId('emit-module').fill('application')
    await page.getByTestId('emit-command').fill('ping')
    await page.getByTestId('emit-params').fill('{ "by": "hand" }')
    await page.getByTestId('emit-send').click()
    await frame.getByTestId('ping-last').filter({ hasText: 'hand' }).waitFor()
    // Else Vite's client would have reloaded the page.
    expect(printed).not.toMatch(/dependenc(?:y|ies) optimized/)
  })

  it('plays a CRM change from the REST of the option to the back end and into the page', async () => {
    await frame.getByRole('link', { name: 'Deals' }).click()
    await frame.getByTestId('handler-bind').click()
    await frame.getByTestId('handler-state').filter({ hasText: /^\s*bound\s*$/ }).waitFor()
    await frame.getByTestId('deal-raise-42').click()
    await frame.getByTestId('deal-42').filter({ hasText: '4,300 EUR' }).waitFor()
  })

  it('tells an app opened by its own address where the portal is, without an error', async () => {
    const page = await browser.newPage()
    const problems = watchProblems(page)
    const told = page.waitForEvent('console', message => message.text().includes(portals()[0]!))
    await page.goto(`http://${HOST}:${port}`)
    expect((await told).text()).toContain('not open in a Bitrix24 frame')
    await page.getByTestId('pull-status').filter({ hasText: 'failed' }).waitFor()
    expect(problems.uncaught).toEqual([])
    await page.close()
  })

  it('ends all that it started, and frees both ports, at Ctrl-C', async () => {
    const ended = once(command, 'exit')
    // To it alone, as a terminal does: what it starts is in process groups of its own.
    command.kill('SIGINT')
    expect(await ended).toEqual([130, null])
    await expect(fetch(`http://${HOST}:${port}`)).rejects.toThrow()
    await expect(fetch(portals()[0]!)).rejects.toThrow()
  })
})

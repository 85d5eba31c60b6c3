import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { serve } from 'srvx'
import type { Server } from 'srvx'
import { staticMiddleware } from 'srvx/static'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { english, russian } from '../../docs/.vitepress/sidebar'
import { violations } from '../support/axe'
import { launchBrowser } from '../support/browser'
import { ownEnv } from '../support/server'
import { mustRun } from '../support/tool'

// The site of the docs, built as for publishing: VitePress itself refuses pages with links that lead nowhere.

const links = [...english, ...russian].flatMap(({ items = [] }) => items.map(({ link }) => link!))

const PHONE = { width: 390, height: 844 }
const DESK = { width: 1440, height: 900 }

let dir: string
let server: Server
let url: string
let browser: Browser
let page: Page

beforeAll(async () => {
  dir = mkdtempSync(join(root, '.packed/site-'))
  await mustRun('vitepress', ['build', 'docs'], { cwd: root, env: { ...ownEnv(), DOCS_OUT: dir } })
  server = serve({ port: 0, hostname: '127.0.0.1', silent: true, middleware: [staticMiddleware({ dir, compress: false })], fetch: () => new Response('Not found', { status: 404 }) })
  await server.ready()
  url = `http://localhost:${new URL(server.url!).port}`
  browser = await launchBrowser()
  page = await browser.newPage({ viewport: DESK, reducedMotion: 'reduce' })
})

afterAll(async () => {
  await browser?.close()
  await server?.close(true)
  rmSync(dir, { recursive: true, force: true })
})

describe('the site of the docs', () => {
  it('has every page that its sidebars lead to', () => {
    expect(links.filter(link => !existsSync(join(dir, `${link}.html`)))).toEqual([])
  })

  it('tells programs of every English page, and of each in full', () => {
    const index = readFileSync(join(dir, 'llms.txt'), 'utf8')
    const full = readFileSync(join(dir, 'llms-full.txt'), 'utf8')
    const pages = links.filter(link => !link.startsWith('/ru/'))
    expect(pages.filter(link => !index.includes(`(${link}.md)`))).toEqual([])
    const titles = pages.map(link => /^# .+$/m.exec(readFileSync(join(root, 'docs', `${link}.md`), 'utf8'))![0])
    expect(titles.filter(title => !full.includes(title))).toEqual([])
  })

  it('finds a page by a word of its text', async () => {
    await page.goto(url)
    await page.getByRole('button', { name: 'Search' }).first().click()
    await page.getByRole('searchbox').fill('TOO_MANY_CONNECTIONS')
    await page.getByRole('listbox').getByRole('link', { name: /When nothing arrives/ }).first().click()
    await page.waitForURL('**/when-nothing-arrives**')
  })

  it.each([
    ['/getting-started', 'Русский', '/ru/getting-started'],
    ['/ru/getting-started', 'English', '/getting-started'],
    ['/usePull', 'Русский', '/ru/'],
  ])('leads from %s, by the switch to %s, to %s', async (from, language, to) => {
    await page.goto(url + from)
    expect(await page.getByRole('link', { name: language, exact: true, includeHidden: true }).first().getAttribute('href')).toBe(to)
  })

  it.each(['light', 'dark'] as const)('can be read by everybody, %s, on a desk and on a phone', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    for (const path of ['/', '/getting-started', '/when-nothing-arrives', '/ru/getting-started']) {
      await page.goto(url + path)
      for (const size of [DESK, PHONE]) {
        await page.setViewportSize(size)
        await expect.poll(() => violations(page, colorScheme), { interval: 1_000, message: `${path} at ${size.width} px` }).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} at ${size.width} px is wider than the screen`).toBeLessThanOrEqual(size.width)
      }
    }
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { launchBrowser, watchProblems } from '../support/browser'
import type { PageProblems } from '../support/browser'
import type { TestServer } from '../support/server'
import { mustRun } from '../support/tool'
import { installIn, startPortalByNpx, startViteBuild, startViteDev } from '../support/vue-app'

let browser: Browser
let project: string

beforeAll(async () => {
  project = installIn('vue-vite-app', 'vue-vite-app')
  browser = await launchBrowser()
})

afterAll(() => browser?.close())

describe.each([
  ['Vite\'s dev server', startViteDev],
  ['a production build', startViteBuild],
])('a Vue app without Nuxt, from %s, in a portal from the shell', (_, startApp) => {
  let servers: TestServer[] = []
  let page: Page
  let app: FrameLocator
  let problems: PageProblems

  beforeAll(async () => {
    const server = await startApp(project)
    servers = [server]
    // The dev server answers no POST, and neither do most hosts of static files.
    const portal = await startPortalByNpx(project, ['--app', server.url, '--method', 'get', '--user', '7:Ada:admin'])
    servers.push(portal)
    page = await browser.newPage()
    problems = watchProblems(page)
    await page.goto(portal.url)
    app = page.frameLocator('[data-testid="app-frame"]')
  })

  afterAll(async () => {
    await page?.close()
    for (const server of servers) await server.stop()
  })

  const seen = (testId: string, text: string) => app.getByTestId(testId).filter({ hasText: new RegExp(`^\\s*${text}\\s*$`) }).waitFor()

  it('says where the portal is', () => {
    expect(servers[1]!.output()).toContain(`Dev portal: ${servers[1]!.url}\n`)
  })

  it('connects, as the user that the shell named', async () => {
    await seen('status', 'connected')
    await seen('user', '7')
  })

  it('hears an event that is sent by hand from the portal\'s form, in component and store', async () => {
    await page.getByTestId('emit-module').fill('application')
    await page.getByTestId('emit-command').fill('deal.saved')
    await page.getByTestId('emit-params').fill('{ "id": "42" }')
    await page.getByTestId('emit-send').click()
    await seen('heard', '1 42')
    await seen('stored', '1')
  })

  it('sends one, which comes back', async () => {
    await app.getByTestId('send').click()
    await seen('heard', '2 43')
    expect(await app.getByTestId('error').textContent()).toMatch(/^\s*$/)
  })

  it('throws nothing and writes no error to the console', () => {
    expect(problems).toEqual({ uncaught: [], consoleErrors: [] })
  })
})

describe('a Vue app without Nuxt', () => {
  it('says, outside a portal, how to get one', async () => {
    const server = await startViteDev(project)
    onTestFinished(() => server.stop())
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    await page.goto(server.url)
    const reason = page.getByTestId('reason').filter({ hasText: 'NOT_IN_FRAME' })
    await reason.waitFor()
    expect(await reason.textContent()).toContain(`npx nuxt-b24-pull portal --app ${server.url} --method get`)
  })

  it('has its types, its own commands among them', async () => {
    expect(await mustRun('vue-tsc', ['--noEmit', '-p', project])).toBe('')
  })

  it('has neither the SDK nor the client room in its entry', () => {
    const assets = join(project, 'dist/assets')
    const html = readFileSync(join(project, 'dist/index.html'), 'utf8')
    const entry = readdirSync(assets).find(name => html.includes(`src="/assets/${name}"`))!
    expect(readFileSync(join(assets, entry), 'utf8')).not.toContain('getInitData')
  })
})

describe('the command of the packed package', () => {
  async function run(args: string[], signal?: NodeJS.Signals): Promise<{ code: number | null, out: string, error: string }> {
    const child = spawn(process.execPath, ['node_modules/.bin/nuxt-b24-pull', ...args], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let error = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
      if (signal && out.includes('Dev portal: ')) child.kill(signal)
    })
    child.stderr.on('data', chunk => (error += chunk))
    const [code] = await once(child, 'close') as [number | null]
    return { code, out, error }
  }

  it.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly on %s', async (signal) => {
    const { code, out, error } = await run(['portal', '--app', 'http://localhost:3000'], signal)
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toMatch(/^Dev portal: http:\/\/127\.0\.0\.1:\d+\n$/)
  })

  it('ends with 2 for a wrong argument, and says what it may be', async () => {
    expect(await run(['portal', '--app', 'http://localhost:3000', '--server', '2'])).toEqual({
      code: 2,
      out: '',
      error: '--server was "2". It may be 5, 4 or 3.\nSee nuxt-b24-pull portal --help.\n',
    })
  })

  it('shows its version, which is the package\'s', async () => {
    const { version } = JSON.parse(readFileSync(join(project, 'node_modules/nuxt-b24-pull/package.json'), 'utf8')) as { version: string }
    expect((await run(['--version'])).out).toBe(`${version}\n`)
  })
})

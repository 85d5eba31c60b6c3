import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from 'srvx'
import { describe, expect, it, onTestFinished } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { FLAGS, browserPath } from '../support/browser'
import { ownEnv } from '../support/server'
import { runTool } from '../support/tool'

/** Runs a test of a user's by Playwright itself, beside an app that is there, but never connects. */
async function runPlaywright(body: string, timeout: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'playwright-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const app = serve({ port: 0, hostname: 'localhost', silent: true, fetch: () => new Response('<p>hello</p>', { headers: { 'content-type': 'text/html' } }) })
  onTestFinished(() => app.close(true))
  await app.ready()
  writeFileSync(join(folder, 'app.spec.mjs'), `import { expect, test } from ${JSON.stringify(join(root, 'src/playwright/index.ts'))}\n\n${body}\n`)
  writeFileSync(join(folder, 'playwright.config.mjs'), `export default ${JSON.stringify({
    workers: 1, timeout, use: { baseURL: app.url, launchOptions: { executablePath: browserPath(), args: FLAGS } },
  })}\n`)
  const { stdout, stderr } = await runTool('playwright', ['test', '--reporter=line,json'], { cwd: folder, env: ownEnv() })
  return `${stdout}${stderr}`
}

describe('Playwright\'s test with a portal', () => {
  it('says that the app has not connected, and not that the portal is closed, where the time of the test is up first', async () => {
    const output = await runPlaywright('test(\'waits\', async ({ frame }) => {\n  await expect(frame.getByText(\'hello\')).toBeVisible()\n})', 20_000)
    expect(output).toContain('The app has not connected for user 1.')
    expect(output).not.toContain('The dev portal is closed')
    expect(output).toContain('"name": "portal-log.json"')
  })

  it('says at once that there is no such user', async () => {
    const output = await runPlaywright('test(\'opens\', async ({ asUser }) => {\n  await asUser(99)\n})', 60_000)
    expect(output).toContain('There is no user 99 in the dev portal. It has the users 1, 2, 3.')
    expect(output).not.toContain('Test timeout')
  })
})

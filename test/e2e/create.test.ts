import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { end, start } from '../../scripts/lib/run.mjs'
import { root } from '../../scripts/lib/root.mjs'
import { browserPath, launchBrowser } from '../support/browser'
import { PATIENCE } from '../support/patience'
import { freePort } from '../support/ports'
import { openPortal } from '../support/portal-page'
import { ownEnv } from '../support/server'
import { installEmpty, startViteBuild } from '../support/vue-app'

// From an empty folder to an event in a component, with the packed package and not a line written. What the app lists is found in the
// repository's node_modules, below which it stands: that a registry brings the same is what test/consumers is for.

let project: string

/** Runs a command to its end, apart from the run that this test is a part of. */
async function run(command: string, args: string[], env: Record<string, string> = {}, cwd = project): Promise<{ code: number, output: string }> {
  const child = start(command, args, { cwd, env: { ...ownEnv(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => end(child))
  let output = ''
  child.stdout!.on('data', chunk => (output += chunk))
  child.stderr!.on('data', chunk => (output += chunk))
  const [code] = await once(child, 'close') as [number]
  return { code, output }
}

beforeAll(async () => {
  const { dir, packageDir } = inject('packed')
  project = join(dir, 'created')
  rmSync(project, { recursive: true, force: true })
  const child = spawn(process.execPath, [join(packageDir, 'bin/nuxt-b24-pull.mjs'), 'create', project, '--no-install'], { stdio: 'inherit' })
  expect(await once(child, 'close')).toEqual([0, null])
  // As npm does: the package, and Nuxt's own h3 at the top, the portal's beside the package.
  const installed = join(project, 'node_modules/nuxt-b24-pull')
  cpSync(packageDir, installed, { recursive: true })
  mkdirSync(join(installed, 'node_modules'))
  symlinkSync(join(root, 'node_modules/nitropack/node_modules/h3'), join(project, 'node_modules/h3'))
  symlinkSync(join(root, 'node_modules/h3'), join(installed, 'node_modules/h3'))
})

describe('an app that `create` has made', () => {
  it('passes its own test of the component', async () => {
    // What installing does in the end.
    expect((await run('npm', ['run', 'postinstall'])).code).toBe(0)
    const { code, output } = await run('vitest', ['run', `--testTimeout=${PATIENCE}`, `--hookTimeout=${PATIENCE}`])
    expect(code, output).toBe(0)
    expect(output).toContain('2 passed')
  })

  it('passes its own test in a browser: two users see the same list, also after a cut', async () => {
    const port = await freePort('dev', 'localhost')
    const { code, output } = await run('playwright', ['test', '--reporter=line'], { PORT: String(port), CHROME_PATH: browserPath() ?? '', CI: 'true' })
    expect(code, output).toBe(0)
    expect(output).toContain('1 passed')
  })
})

describe('`init` in a Vite app', () => {
  it('brings an event into a component, with one line written: where the component is to be', async () => {
    const app = installEmpty('initiated')
    mkdirSync(join(app, 'src'))
    writeFileSync(join(app, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies: { vue: '*' }, devDependencies: { vite: '*' } }))
    writeFileSync(join(app, 'vite.config.ts'), 'import vue from \'@vitejs/plugin-vue\'\n\nexport default { plugins: [vue()] }\n')
    writeFileSync(join(app, 'index.html'), '<!doctype html><html><head><title>App</title></head><body><div id="app"></div><script type="module" src="/src/main.ts"></script></body></html>')
    writeFileSync(join(app, 'src/main.ts'), 'import { createApp } from \'vue\'\nimport App from \'./App.vue\'\n\ncreateApp(App).mount(\'#app\')\n')
    writeFileSync(join(app, 'src/App.vue'), '<script setup lang="ts">\nimport PullPing from \'./components/PullPing.vue\'\n</script>\n\n<template><PullPing /></template>\n')
    expect(await run('npx', ['--no-install', 'nuxt-b24-pull', 'init', '--no-install'], {}, app)).toMatchObject({ code: 0, output: expect.stringContaining('+++ src/main.ts') })

    const server = await startViteBuild(app)
    const browser = await launchBrowser()
    const open = await openPortal(browser, { app: server.url, method: 'get' })
    onTestFinished(async () => {
      await open.close()
      await browser.close()
      await server.stop()
    })
    await open.app.getByText('connected').waitFor()
    open.portal.emit({ module: 'application', command: 'ping', params: { from: 'the portal' } })
    await open.app.getByText('1 so far, the last one from the portal').waitFor()
    expect(open.problems.uncaught).toEqual([])
  })
})

describe('the command', () => {
  it('ends without a word where whoever reads has had enough', async () => {
    const { code, output } = await run('bash', ['-o', 'pipefail', '-c', 'node node_modules/nuxt-b24-pull/bin/nuxt-b24-pull.mjs event list | head -n 1'])
    expect({ code, output }).toEqual({ code: 0, output: 'ONCRMLEADADD  crm  A lead was added\n' })
  })
})

describe('the Playwright fixture', () => {
  it('attaches the portal\'s log where a test fails, and says where the app is wanted', async () => {
    mkdirSync(join(project, 'failing'))
    writeFileSync(join(project, 'failing/playwright.config.ts'), 'export default { testDir: \'.\', use: {} }\n')
    writeFileSync(join(project, 'failing/failing.spec.ts'), `
import { expect, test } from 'nuxt-b24-pull/playwright'

test.describe('with an app', () => {
  test.use({ portalOptions: { app: 'http://localhost:3000' } })
  test('fails', ({ portal }) => {
    portal.emit({ module: 'application', command: 'ping' })
    expect(portal.users).toHaveLength(0)
  })
  test('passes', ({ portal }) => expect(portal.users).toHaveLength(3))
})

test('without', ({ portal }) => expect(portal).toBeDefined())
`)
    const report = join(project, 'failing/report.json')
    const { code } = await run('playwright', ['test', '--config', 'failing/playwright.config.ts', '--reporter=json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: report })
    expect(code).toBe(1)
    interface Spec { title: string, tests: { results: { status: string, error?: { message: string }, attachments: { name: string, body?: string }[] }[] }[] }
    interface Suite { specs?: Spec[], suites?: Suite[] }
    const specsOf = ({ specs = [], suites = [] }: Suite): Spec[] => [...specs, ...suites.flatMap(specsOf)]
    const results = new Map(specsOf(JSON.parse(readFileSync(report, 'utf8')) as Suite).map(({ title, tests }) => [title, tests[0]!.results[0]!]))
    const [attached] = results.get('fails')!.attachments
    expect(attached?.name).toBe('portal-log.json')
    expect(JSON.parse(Buffer.from(attached!.body!, 'base64').toString())).toEqual(expect.arrayContaining([expect.objectContaining({ title: 'application:ping' })]))
    expect(results.get('passes')).toMatchObject({ status: 'passed', attachments: [] })
    expect(results.get('without')!.error!.message).toContain('Nobody has said where the app is.')
  })
})

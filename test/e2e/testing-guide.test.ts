import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { browserPath } from '../support/browser'
import { codeBlocks, SKILL } from '../support/code-blocks'
import type { CodeBlock } from '../support/code-blocks'
import { PATIENCE } from '../support/patience'
import { freePort } from '../support/ports'
import { ownEnv, startServer } from '../support/server'
import { installEmpty, installIn, startViteDev } from '../support/vue-app'

const blocks = codeBlocks('docs/testing.md').filter(block => block.name !== null)

/** One Nuxt app, with its tests. */
const skill = codeBlocks(SKILL).filter(block => block.name !== null)

/**
 * As npm does in a Nuxt app: Nuxt's own h3 at the top, the portal's beside the package. In this repository it is the other
 * way round, and `@nuxt/test-utils` takes the one at the top for Nuxt's.
 */
function placeH3(project: string): void {
  const modules = join(root, 'node_modules')
  mkdirSync(join(project, 'node_modules/nuxt-b24-pull/node_modules'))
  symlinkSync(join(modules, 'nitropack/node_modules/h3'), join(project, 'node_modules/h3'))
  symlinkSync(join(modules, 'h3'), join(project, 'node_modules/nuxt-b24-pull/node_modules/h3'))
}

/** The examples of one section as a project of a user, with the packed package. */
function projectOf(section: string): string {
  const project = installEmpty(`guide-${section}`)
  placeH3(project)
  write(project, blocks.filter(({ name }) => name!.startsWith(`${section}/`)).map(block => ({ ...block, name: block.name!.slice(section.length + 1) })))
  return project
}

function write(project: string, files: Pick<CodeBlock, 'name' | 'code'>[]): void {
  for (const { name, code } of files) {
    const path = join(project, name!)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, code)
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'of-a-user', private: true, type: 'module' }))
}

interface JsonReport {
  testResults: { assertionResults: { title: string, status: string }[] }[]
}

/** Runs Vitest as a user does, apart from the run that this test is a part of. */
async function vitestIn(project: string, env: Record<string, string> = {}): Promise<{ code: number, passed: string[], output: string }> {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:VITEST|TEST|NODE_ENV|DEV|PROD|MODE|SSR|NUXT)/.test(name))
  const report = join(project, 'report.json')
  const args = ['run', `--testTimeout=${PATIENCE}`, `--hookTimeout=${PATIENCE}`, '--root', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn('vitest', args, { cwd: project, env: { ...Object.fromEntries(own), ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', chunk => (output += chunk))
  child.stderr.on('data', chunk => (output += chunk))
  const [code] = await once(child, 'close') as [number]
  const { testResults } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) as JsonReport : { testResults: [] }
  const passed = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'passed').map(({ title }) => title)
  return { code, passed, output }
}

/** What the page says that its tests show. */
function titles(section: string): string[] {
  return titlesIn(blocks.filter(block => block.name!.startsWith(`${section}/`)))
}

function titlesIn(files: CodeBlock[]): string[] {
  return files.flatMap(({ code }) => [...code.matchAll(/^it\('([^']+)'/gm)].map(match => match[1]!))
}

/** Runs Playwright as a user does. */
async function playwrightIn(project: string, env: Record<string, string>): Promise<{ code: number, output: string }> {
  const child = spawn('playwright', ['test', '--reporter=line'], { cwd: project, env: { ...ownEnv(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', chunk => (output += chunk))
  child.stderr.on('data', chunk => (output += chunk))
  const [code] = await once(child, 'close') as [number]
  return { code, output }
}

async function expectAllToPass(section: string, env?: Record<string, string>): Promise<void> {
  const { code, passed, output } = await vitestIn(projectOf(section), env)
  expect(code, output).toBe(0)
  expect(passed.sort()).toEqual(titles(section).sort())
}

describe('the examples of the testing guide, run with the packed package', () => {
  it('test a component of a Vue app', () => expectAllToPass('vue'))

  it('test a component of a Nuxt app', () => expectAllToPass('nuxt'))

  describe('in a browser', () => {
    let app: string

    beforeAll(() => {
      app = installIn('guide-app', 'vue-vite-app')
    })

    it('drive an app in a portal', async () => {
      const server = await startViteDev(app)
      onTestFinished(() => server.stop())
      const env = { APP_URL: server.url, CHROME_PATH: browserPath() ?? '' }
      await expectAllToPass('browser', env)
      const { code, output } = await playwrightIn(projectOf('playwright'), env)
      expect(code, output).toBe(0)
      expect(output).toContain('1 passed')
    })
  })
})

describe('the samples of the skill, run with the packed package', () => {
  it('are an app with a live list, and its tests', async () => {
    const project = installEmpty('skill')
    placeH3(project)
    write(project, skill)
    const port = await freePort('dev')
    const server = await startServer({
      command: 'nuxt',
      args: ['dev', '--port', String(port), '--host', '127.0.0.1'],
      cwd: project,
      env: { NODE_ENV: 'development' },
      url: `http://127.0.0.1:${port}`,
    })
    onTestFinished(() => server.stop())
    // On another site than the test's portal, as in life.
    const { code, passed, output } = await vitestIn(project, { APP_URL: `http://localhost:${port}`, CHROME_PATH: browserPath() ?? '' })
    expect(code, output).toBe(0)
    expect(passed.sort()).toEqual(titlesIn(skill).sort())
  })
})

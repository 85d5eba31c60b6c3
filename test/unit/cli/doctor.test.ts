import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { serve } from 'srvx'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { main } from '../../../src/cli'
import type { Finding } from '../../../src/cli/doctor/finding'

const SDK = 'Well done! Now paste this URL into the Bitrix24 app settings'
const root = dirname(dirname(dirname(import.meta.dirname)))

/** A file of an app: its text, or how it answers. */
type Served = string | ((request: Request) => Response)

/** An app as Nuxt builds one, as far as it can be told from outside. */
const good: Record<string, Served> = {
  '/': () => html(page()),
  '/_nuxt/entry.js': 'const id="b24-pull";import("./sdk.js")',
  '/_nuxt/sdk.js': `throw Error("${SDK}")`,
  '/_nuxt/entry.css': 'body{}',
  '/_nuxt/builds/latest.json': '{"id":"build-2","timestamp":1}',
  '/favicon.ico': () => new Response(null, { status: 404 }),
}

function page({ buildId = 'build-2', entry = 'entry.js', more = '' } = {}): string {
  return `<!DOCTYPE html><html><head><!-- <script src="/_nuxt/not.js"></script> --><link rel="stylesheet" href="/_nuxt/entry.css">${more}
<link rel="modulepreload" as="script" crossorigin href="/_nuxt/${entry}"><script type="module" src="/_nuxt/${entry}" crossorigin></script></head>
<body><script>window.__NUXT__={config:{app:{baseURL:"/",buildId:"${buildId}"}}}</script></body></html>`
}

function html(text: string, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/html;charset=utf-8', ...headers } })
}

/** Serves an app, with some of its files put in the place of the good ones. */
async function deploy(planted: Record<string, Served> = {}, missing: Served = () => new Response('Not found', { status: 404 })): Promise<string> {
  const files: Record<string, Served> = { ...good, ...planted }
  const server = serve({ port: 0, hostname: '127.0.0.1', silent: true, fetch: (request) => {
    const { pathname } = new URL(request.url)
    const served = files[pathname] ?? missing
    return typeof served === 'function' ? served(request) : new Response(served, { headers: { 'content-type': pathname.endsWith('.css') ? 'text/css' : pathname.endsWith('.json') ? 'application/json' : 'text/javascript' } })
  } })
  onTestFinished(() => server.close(true))
  await server.ready()
  return server.url!
}

async function doctor(argv: string[], folder = process.cwd()): Promise<{ code: number, findings: Finding[], scopes: string[], versions: string[] }> {
  const lines: string[] = []
  const code = await main(['doctor', ...argv, '--no-browser', '--json'], { out: line => lines.push(line), error: line => lines.push(line), untilEnd: async () => {}, folder, env: {} })
  return { code, ...JSON.parse(lines.join('\n')) as { findings: Finding[], scopes: string[], versions: string[] } }
}

const codes = async (...argv: string[]) => (await doctor(argv)).findings.map(({ code }) => code)

describe('doctor, of a deployed app', () => {
  it('finds nothing wrong with a good one', async () => {
    expect(await doctor([await deploy()])).toMatchObject({ code: 0, findings: [] })
  })

  it.each<[string, Record<string, Served>]>([
    ['policies that name portals and what an app may call', { '/': () => html(page(), { 'content-security-policy': 'frame-ancestors https://*.bitrix24.ru https://*.bitrix24.com; connect-src \'self\' https://*.bitrix24.com https://*.bitrix24.ru wss:' }) }],
    ['X-Frame-Options that browsers do not look at beside frame-ancestors', { '/': () => html(page(), { 'x-frame-options': 'DENY', 'content-security-policy': 'frame-ancestors https:' }) }],
    ['cookies for frames, and one that is deleted', { '/': () => html(page(), { 'set-cookie': 'a=1; Path=/; SameSite=None; Secure; Partitioned' }) }],
    ['a page that has to be asked for again, and files that are kept', { '/': () => html(page(), { 'cache-control': 'no-cache, max-age=0' }), '/_nuxt/entry.js': () => new Response('"b24-pull"', { headers: { 'content-type': 'text/javascript', 'cache-control': 'max-age=31536000, immutable' } }) }],
    ['a service worker of the same build', { '/sw.js': 'precacheAndRoute([{url:"_nuxt/entry.js",revision:null},{url:"_nuxt/sdk.js"}])' }],
    ['a redirect that keeps the form', { '/': () => new Response(null, { status: 308, headers: { location: '/app/' } }), '/app/': () => html(page()) }],
    ['a host that answers every unknown path with the page', { '/sw.js': () => html(page()), '/service-worker.js': () => html(page()), '/serviceWorker.js': () => html(page()), '/_nuxt/builds/latest.json': () => html(page()) }],
  ])('finds nothing wrong with %s', async (_title, planted) => {
    expect((await doctor([await deploy(planted)])).findings).toEqual([])
  })

  const isPost = ({ method }: Request) => method === 'POST'
  it.each<[string, string, Record<string, Served>]>([
    ['POST_REFUSED', '405 to the form', { '/': request => isPost(request) ? new Response(null, { status: 405 }) : html(page()) }],
    ['POST_REFUSED', '404 to the form', { '/': request => isPost(request) ? html('Not found', {}, 404) : html(page()) }],
    ['FORM_LOST', 'a redirect that loses the form', { '/': request => isPost(request) ? new Response(null, { status: 302, headers: { location: '/en' } }) : html(page()), '/en': () => html(page()) }],
    ['X_FRAME_OPTIONS', 'X-Frame-Options', { '/': () => html(page(), { 'x-frame-options': 'SAMEORIGIN' }) }],
    ['FRAME_ANCESTORS', 'frame-ancestors', { '/': () => html(page(), { 'content-security-policy': 'default-src *; frame-ancestors \'self\'' }) }],
    ['CONNECT_SRC', 'connect-src', { '/': () => html(page(), { 'content-security-policy': 'connect-src \'self\'' }) }],
    ['CONNECT_SRC', 'connect-src in the HTML, with no push server', { '/': () => html(page({ more: '<meta http-equiv="Content-Security-Policy" content="connect-src https://doctor.bitrix24.com ws://localhost">' })) }],
    ['COOKIE_SAMESITE', 'a cookie that a frame loses', { '/': () => html(page(), { 'set-cookie': 'session=1; HttpOnly; SameSite=Lax' }) }],
    ['FILES_MISSING', 'a file that is not there', { '/_nuxt/entry.css': () => new Response(null, { status: 404 }) }],
    ['FILES_MISSING', 'a script that is HTML', { '/_nuxt/entry.js': () => html(page()) }],
    ['DEV_BUILD', 'a dev server', { '/': () => html(page({ more: '<script type="module" src="/_nuxt/@vite/client"></script>' })), '/_nuxt/@vite/client': '' }],
    ['MODULE_MISSING', 'an app without the module', { '/_nuxt/entry.js': 'import("./sdk.js")' }],
    ['TWO_SDKS', 'two copies of the SDK', { '/_nuxt/entry.js': '"b24-pull";import("./sdk.js");import("./sdk2.js")', '/_nuxt/sdk2.js': SDK }],
    ['TWO_SDKS', 'BX24.js beside the SDK', { '/': () => html(page({ more: '<script src="https://api.bitrix24.com/api/v1/"></script>' })) }],
    ['STALE_BUILD', 'a page that may be kept', { '/': () => html(page(), { 'cache-control': 'public, max-age=3600' }) }],
    ['STALE_BUILD', 'a page that only proxies may keep', { '/': () => html(page(), { 'cache-control': 'public, max-age=0, s-maxage=86400' }) }],
    ['STALE_BUILD', 'a page older than the build', { '/': () => html(page({ buildId: 'build-1' })) }],
    ['STALE_BUILD', 'a cache before GET', { '/': request => html(page(isPost(request) ? {} : { entry: 'old.js' })), '/_nuxt/old.js': '"b24-pull"' }],
    ['STALE_BUILD', 'a service worker of another build', { '/sw.js': 'precacheAndRoute([{url:"_nuxt/old.js"},{url:"_nuxt/older.js"}])' }],
  ])('names %s, and nothing else, where there is %s', async (code, _title, planted) => {
    const found = await doctor([await deploy(planted)])
    expect(found).toMatchObject({ code: 1, findings: [{ code, title: expect.any(String), why: expect.any(String), fix: expect.any(String) }] })
    expect(found.findings).toHaveLength(1)
  })

  it('names NOT_HTTPS where the app is not on the machine of whoever opens it', async () => {
    // The same server, by an address that no browser takes for its own machine.
    expect(await codes((await deploy()).replace('127.0.0.1', '0.0.0.0'))).toEqual(['NOT_HTTPS'])
  })

  it('names what is wrong all at once', async () => {
    expect(await codes(await deploy({
      '/': request => isPost(request) ? new Response(null, { status: 405, headers: { 'set-cookie': 'a=1' } }) : html(page(), { 'x-frame-options': 'DENY' }),
      '/_nuxt/entry.css': () => new Response(null, { status: 404 }),
    }))).toEqual(['POST_REFUSED', 'X_FRAME_OPTIONS', 'COOKIE_SAMESITE', 'FILES_MISSING'])
  })

  it('asks for one portal where it is named', async () => {
    const address = await deploy({ '/': () => html(page(), { 'content-security-policy': 'frame-ancestors https://*.bitrix24.ru' }) })
    expect(await codes(address)).toEqual([])
    expect(await codes(address, '--domain', 'company.bitrix24.com')).toEqual(['FRAME_ANCESTORS'])
  })

  it('says why nobody answers', async () => {
    expect((await doctor(['http://127.0.0.1:9'])).findings).toMatchObject([{ code: 'NO_ANSWER' }])
  })

  it.each([[['nowhere']], [['ftp://localhost']], [['http://localhost', '--domain', 'a b']]])('refuses %j as wrong arguments', async (argv) => {
    expect((await doctor(argv)).code).toBe(2)
  })
})

describe('doctor, of a project', () => {
  let folder = ''

  /** A project with packages as npm lays them out, by name and version; the module is this one. */
  function project(files: Record<string, string>, installed: Record<string, string> = {}): string {
    folder = mkdtempSync(join(tmpdir(), 'doctor-'))
    const versions: Record<string, string> = { 'nuxt': '4.5.2', 'vue': '3.5.45', 'pinia': '4.1.0', '@pinia/nuxt': '1.0.2', '@bitrix24/b24jssdk': '2.2.0', ...installed }
    for (const [place, version] of Object.entries(versions)) {
      if (version) write(`node_modules/${place}/package.json`, JSON.stringify({ name: place.split('node_modules/').at(-1), version }))
    }
    mkdirSync(join(folder, 'node_modules/nuxt-b24-pull'), { recursive: true })
    cpSync(join(root, 'package.json'), join(folder, 'node_modules/nuxt-b24-pull/package.json'))
    write('package.json', JSON.stringify({ dependencies: { 'nuxt': '*', 'nuxt-b24-pull': '*', 'other': '*' } }))
    for (const [path, text] of Object.entries(files)) write(path, text)
    return folder
  }

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const config = (options = '') => ({ 'nuxt.config.ts': `export default { modules: ['nuxt-b24-pull'], b24Pull: {${options}} }` })

  it('finds nothing wrong with a good one, and tells its versions and the scopes that it needs', async () => {
    const found = await doctor([], project({
      ...config('history: 10, portal: { port: 7324 }'),
      'app/app.vue': '<script setup>call({ method: \'crm.deal.list\' }); call(\'user.current\')</script>',
      'server/api/bind.ts': 'bind(\'onTaskUpdate\', "not.a.method")',
    }))
    expect(found).toMatchObject({ code: 0, findings: [], scopes: ['crm', 'pull', 'task', 'user'] })
    expect(found.versions).toContain('pinia 4.1.0')
  })

  it('passes over what has the name of a source and cannot be read, such as the lock of an editor', async () => {
    project({ ...config(), 'app/app.vue': '<script setup>call(\'crm.deal.list\')</script>' })
    symlinkSync('ada@machine.4711:1700000000', join(folder, 'app/.#app.vue'))
    symlinkSync(join(folder, 'node_modules'), join(folder, 'app/linked.js'))
    expect(await doctor([], folder)).toMatchObject({ code: 0, findings: [], scopes: ['crm', 'pull'] })
  })

  it('takes an option that is undefined for one that is not given', async () => {
    expect((await doctor([], project(config('history: undefined')))).findings).toEqual([])
  })

  it.each<[string, string, Record<string, string>, Record<string, string>]>([
    ['PEER_MISSING', 'pinia is not installed', config(), { pinia: '' }],
    ['VERSION_UNSUPPORTED', 'nuxt 3.19.0 is not supported', config(), { nuxt: '3.19.0' }],
    ['TWO_COPIES', 'pinia is installed 2 times', config(), { 'other': '1.0.0', 'other/node_modules/pinia': '3.0.4' }],
    ['OWN_PINIA', 'app/plugins/pinia.ts makes a Pinia of its own', { ...config(), 'app/plugins/pinia.ts': 'nuxtApp.vueApp.use(createPinia())' }, {}],
    ['WRONG_OPTION', 'An option under b24Pull is wrong', config('history: -1'), {}],
    ['WRONG_OPTION', 'An option under b24Pull is wrong', config('portal: { prot: 1 }'), {}],
    ['NOT_IN_MODULES', 'nuxt-b24-pull is not among the modules of nuxt.config', { 'nuxt.config.ts': 'export default { modules: [] }' }, {}],
  ])('names %s: %s', async (code, title, files, installed) => {
    const { findings } = await doctor([], project(files, installed))
    expect(findings.map(({ code }) => code)).toEqual([code])
    expect(findings[0]!.title).toContain(title)
  })

  it('knows a folder without a project, and one without the module', async () => {
    folder = mkdtempSync(join(tmpdir(), 'doctor-'))
    expect((await doctor([], folder)).findings.map(({ code }) => code)).toEqual(['NO_PROJECT'])
    write('package.json', '{}')
    expect((await doctor([], folder)).findings.map(({ code }) => code)).toEqual(['NOT_INSTALLED'])
  })
})

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { main } from '../../../src/cli'
import { packageManagerOf } from '../../../src/cli/project/package-manager'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'project-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const read = (path: string) => readFileSync(join(folder, path), 'utf8')

async function run(...argv: string[]) {
  return runWith({}, ...argv)
}

async function runWith(env: Record<string, string>, ...argv: string[]) {
  const out: string[] = []
  const errors: string[] = []
  const code = await main(argv, { out: line => out.push(line), error: line => errors.push(line), untilEnd: async () => {}, folder, env })
  return { code, out: out.join('\n'), errors }
}

describe('init in a Nuxt app', () => {
  const config = `// Ours.
export default defineNuxtConfig({
  modules: ['@nuxt/eslint'], // more to come
  devtools: { enabled: true },
})
`

  beforeEach(() => write('package.json', '{\n    "name": "app",\n    "scripts": { "dev": "nuxt dev" },\n    "dependencies": { "nuxt": "^4.1.0", "vue": "^3.5.0" }\n}\n'))

  it('adds package, module and a component, shows what it adds, and touches nothing else', async () => {
    write('nuxt.config.ts', config)
    write('app/app.vue', '<template><div /></template>\n')
    const { code, out } = await run('init', '--no-install')
    expect(code).toBe(0)
    expect(JSON.parse(read('package.json'))).toMatchObject({
      name: 'app',
      scripts: { dev: 'nuxt dev' },
      dependencies: { 'nuxt': '^4.1.0', 'nuxt-b24-pull': expect.stringMatching(/^\^\d/), '@bitrix24/b24jssdk': expect.any(String), 'pinia': expect.any(String), '@pinia/nuxt': expect.any(String) },
    })
    expect(read('package.json')).toMatch(/^\{\n {4}"name"/)
    expect(read('nuxt.config.ts')).toContain('// Ours.')
    expect(read('nuxt.config.ts').replaceAll(/\s/g, '')).toContain('modules:[\'@nuxt/eslint\',\'nuxt-b24-pull\']')
    expect(read('nuxt.config.ts').replaceAll(/\s/g, '')).toContain('b24Pull:{portal:true')
    expect(read('app/components/PullPing.vue')).toContain('usePullCommand(\'application\', \'ping\')')
    expect(out).toContain('\n--- nuxt.config.ts\n+++ nuxt.config.ts\n@@')
    expect(out).not.toContain('===')
    expect(out).toMatch(/^\+.*nuxt-b24-pull/m)
    expect(out).toContain('Next: put <PullPing /> into a page')
    expect(read('app/app.vue')).toBe('<template><div /></template>\n')
  })

  it('changes nothing the second time, and nothing of what is there', async () => {
    write('nuxt.config.ts', config)
    write('components/PullPing.vue', 'mine')
    await run('init', '--no-install')
    const before = ['package.json', 'nuxt.config.ts', 'components/PullPing.vue'].map(read)
    expect((await run('init', '--no-install')).out).toContain('Everything is there already')
    expect(['package.json', 'nuxt.config.ts', 'components/PullPing.vue'].map(read)).toEqual(before)
    expect(before[2]).toBe('mine')
  })

  it.each([
    ['srcDir: \'./src/\',', 'src/components'],
    ['srcDir: \'.\',', 'components'],
    ['srcDir: process.env.SOURCES,', 'app/components'],
  ])('puts the component where `%s` has Nuxt look for it', async (srcDir, components) => {
    write('nuxt.config.ts', config.replace('devtools', `${srcDir} devtools`))
    write('app/app.vue', '<template><div /></template>\n')
    await run('init', '--no-install')
    expect(existsSync(join(folder, components, 'PullPing.vue'))).toBe(true)
  })

  it.each(['js', 'mjs', 'cjs', 'mts', 'cts'])('changes nuxt.config.%s, and writes no second one', async (extension) => {
    write(`nuxt.config.${extension}`, config)
    await run('init', '--no-install')
    expect(read(`nuxt.config.${extension}`)).toContain('\'nuxt-b24-pull\'')
    expect(readdirSync(folder).filter(name => name.startsWith('nuxt.config'))).toEqual([`nuxt.config.${extension}`])
  })

  it('changes the configuration in .config', async () => {
    write('.config/nuxt.ts', config)
    await run('init', '--no-install')
    expect(read('.config/nuxt.ts')).toContain('\'nuxt-b24-pull\'')
    expect(existsSync(join(folder, 'nuxt.config.ts'))).toBe(false)
  })

  it.each([
    ['nuxt.config.json', '{ "modules": [] }\n'],
    ['nuxt.config.yaml', 'modules:\n  - eslint\n'],
    ['nuxt.config.cjs', 'module.exports = { modules: [] }\n'],
  ])('says what to add to %s, which it cannot change, and writes none beside it', async (path, text) => {
    write(path, text)
    const { out } = await run('init', '--no-install')
    expect(out).toContain(`${path} could not be read: add`)
    expect(read(path)).toBe(text)
    expect(existsSync(join(folder, 'nuxt.config.ts'))).toBe(false)
  })

  it('keeps the line ends that a file has, and shows only what it adds', async () => {
    write('nuxt.config.ts', config.replaceAll('\n', '\r\n'))
    write('package.json', read('package.json').replaceAll('\n', '\r\n'))
    const { out } = await run('init', '--no-install')
    for (const path of ['nuxt.config.ts', 'package.json']) expect(read(path).replaceAll('\r\n', ''), path).not.toMatch(/[\r\n]/)
    expect(out).not.toMatch(/^-.*(?:"name"|\/\/ Ours)/m)
    expect(out).not.toContain('\r')
    expect(read('components/PullPing.vue')).not.toContain('\r')
    expect((await run('init', '--no-install')).out).toContain('Everything is there already')
  })

  it('reads a package.json that begins with the mark of its encoding', async () => {
    write('package.json', `\uFEFF${read('package.json')}`)
    expect((await run('init', '--no-install')).code).toBe(0)
    expect(read('package.json')).toMatch(/^\uFEFF\{\n {4}"name"/)
  })

  it('only shows it with --dry-run', async () => {
    write('nuxt.config.ts', config)
    expect((await run('init', '--dry-run')).out).toContain('3 files would change; nothing was written.')
    expect(read('nuxt.config.ts')).toBe(config)
    expect(existsSync(join(folder, 'components'))).toBe(false)
  })

  it('writes the configuration where there is none, and says what to do where it cannot be read', async () => {
    await run('init', '--no-install', '--package', 'file:../pull.tgz')
    expect(read('nuxt.config.ts')).toContain('modules: [\'nuxt-b24-pull\']')
    expect(read('package.json')).toContain('"nuxt-b24-pull": "file:../pull.tgz"')
    write('nuxt.config.ts', 'export default makeConfig()')
    const { out } = await run('init', '--no-install')
    expect(read('nuxt.config.ts')).toBe('export default makeConfig()')
    expect(out).toContain('nuxt.config.ts could not be read: add')
  })
})

describe('init in a Vite app', () => {
  beforeEach(() => {
    write('package.json', '{ "dependencies": { "vue": "^3.5.0" }, "devDependencies": { "vite": "^8.0.0" } }')
    write('index.html', '<!doctype html>\n<html>\n  <head>\n    <title>App</title>\n  </head>\n</html>\n')
  })

  it.each([
    ['import { createApp } from \'vue\'\nimport App from \'./App.vue\'\n\ncreateApp(App).mount(\'#app\')\n', 'import { createApp } from \'vue\'\nimport App from \'./App.vue\'\nimport { createB24Pull } from \'nuxt-b24-pull/vue\'\n\ncreateApp(App).use(createB24Pull()).mount(\'#app\')\n'],
    ['import {\n  createApp,\n} from "vue";\n\nconst app = createApp({});\napp.use(createPinia());\napp.mount("#app");\n', 'import {\n  createApp,\n} from "vue";\nimport { createB24Pull } from "nuxt-b24-pull/vue";\n\nconst app = createApp({});\napp.use(createPinia());\napp.use(createB24Pull());\napp.mount("#app");\n'],
  ])('puts the plugin before the mount: %j', async (before, after) => {
    write('src/main.ts', before)
    const { code, out } = await run('init', '--no-install')
    expect(code).toBe(0)
    expect(read('src/main.ts')).toBe(after)
    expect(read('src/components/PullPing.vue')).toContain('from \'nuxt-b24-pull/vue\'')
    expect(read('index.html')).toContain('void window.localStorage')
    expect(JSON.parse(read('package.json'))).toMatchObject({ scripts: { portal: expect.stringContaining('nuxt-b24-pull portal') }, dependencies: { 'nuxt-b24-pull': expect.any(String) } })
    expect(out).toContain('+++ src/main.ts')
    expect((await run('init', '--no-install')).out).toContain('Everything is there already')
  })

  it('keeps the line ends of the files that it adds to', async () => {
    write('src/main.ts', 'import { createApp } from \'vue\'\r\nimport App from \'./App.vue\'\r\n\r\nconst app = createApp(App)\r\napp.mount(\'#app\')\r\n')
    write('index.html', read('index.html').replaceAll('\n', '\r\n'))
    await run('init', '--no-install')
    for (const path of ['src/main.ts', 'index.html']) expect(read(path).replaceAll('\r\n', ''), path).not.toMatch(/[\r\n]/)
    expect(read('src/main.ts')).toContain('\r\napp.use(createB24Pull())\r\napp.mount(')
  })

  it('says what to do where the main file is not as most are', async () => {
    write('src/main.ts', 'start()\n')
    expect((await run('init', '--no-install')).out).toContain('Where the app is made, add .use(createB24Pull())')
    expect(read('src/main.ts')).toBe('start()\n')
  })
})

describe('init beside Pinia 3', () => {
  it('adds the @pinia/nuxt that goes with it', async () => {
    write('package.json', '{ "dependencies": { "nuxt": "^4.1.0", "pinia": "^3.0.4" } }')
    await run('init', '--no-install')
    expect(JSON.parse(read('package.json'))).toMatchObject({ dependencies: { 'pinia': '^3.0.4', '@pinia/nuxt': expect.stringMatching(/^\^0\.11\./) } })
  })
})

describe('init for a script', () => {
  it('tells every change and what is left to do, in one line, and writes nothing where that is asked', async () => {
    write('package.json', '{ "dependencies": { "nuxt": "^4.1.0" } }')
    const { code, out } = await run('init', '--dry-run', '--json')
    expect({ code, told: JSON.parse(out) as unknown }).toEqual({
      code: 0,
      told: {
        folder,
        changes: [
          { path: 'package.json', diff: expect.stringContaining('+    "nuxt-b24-pull"') },
          { path: 'nuxt.config.ts', diff: expect.stringContaining('portal: true') },
          { path: 'components/PullPing.vue', diff: expect.stringContaining('usePullCommand') },
        ],
        isWritten: false,
        isInstalled: false,
        hints: [expect.stringContaining('Next: put <PullPing /> into a page')],
      },
    })
    expect(existsSync(join(folder, 'nuxt.config.ts'))).toBe(false)
  })
})

describe('init elsewhere', () => {
  it('says that there is no app', async () => {
    expect(await run('init')).toMatchObject({ code: 1, errors: [expect.stringContaining('its package.json is missing')] })
  })
})

describe('the package manager', () => {
  const nameOf = async (env: Record<string, string> = {}) => (await packageManagerOf(folder, env)).name

  it('is npm where nothing says, whatever the folder of this program is called', async () => {
    const argv = process.argv
    onTestFinished(() => void (process.argv = argv))
    process.argv = [argv[0]!, '/home/bunny/.bin/nuxt-b24-pull']
    expect(await nameOf()).toBe('npm')
  })

  it('is the folder\'s own, else the one that runs the command', async () => {
    const env = { npm_config_user_agent: 'pnpm/10.1.0 npm/? node/v24.11.0 linux x64' }
    expect(await nameOf(env)).toBe('pnpm')
    write('yarn.lock', '')
    expect(await nameOf(env)).toBe('yarn')
  })

  it('stands in what is told to do next', async () => {
    const env = { npm_config_user_agent: 'pnpm/10.1.0 npm/? node/v24.11.0 linux x64' }
    expect((await runWith(env, 'create', 'app', '--no-install')).out).toContain('Next: cd app && pnpm install && pnpm run dev, and')
    write('package.json', '{ "dependencies": { "vue": "^3.5.0", "vite": "^8.0.0" } }')
    expect((await runWith(env, 'init', '--no-install')).out).toContain('and `pnpm run portal` beside it')
  })
})

describe('create', () => {
  it('makes an app from the template, in versions that are tested', async () => {
    const { code, out } = await run('create', 'My App', '--no-install', '--package', 'file:pull.tgz')
    expect({ code, isSaid: out.includes('Next: cd "My App" && npm install') }).toEqual({ code: 0, isSaid: true })
    const manifest = JSON.parse(read('My App/package.json')) as { name: string, dependencies: Record<string, string>, devDependencies: Record<string, string> }
    expect(manifest).toMatchObject({ name: 'my-app', dependencies: { 'nuxt-b24-pull': 'file:pull.tgz' } })
    for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies })) expect(version).toMatch(/^(?:[~^]\d|file:)/)
    for (const path of ['.gitignore', 'nuxt.config.ts', 'app/components/LiveList.vue', 'e2e/live-list.spec.ts']) expect(existsSync(join(folder, 'My App', path)), path).toBe(true)
  })

  it('tells with --json what it has made, in one line', async () => {
    const { code, out } = await run('create', 'app', '--no-install', '--json')
    expect({ code, told: JSON.parse(out) as unknown }).toEqual({ code: 0, told: { folder: join(folder, 'app'), isInstalled: false } })
  })

  it('leaves alone a folder that is not empty, and a file', async () => {
    write('there/file', '')
    expect(await run('create', 'there')).toMatchObject({ code: 2, errors: [expect.stringContaining('is not empty'), 'See nuxt-b24-pull create --help.'] })
    expect(await run('create', 'there/file')).toMatchObject({ code: 2, errors: [expect.stringContaining('is a file'), 'See nuxt-b24-pull create --help.'] })
  })
})

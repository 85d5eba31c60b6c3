import lock from '../../package-lock.json' with { type: 'json' }

// The apps in which `npm run test:package` tries the packed package: data only.

export type Edge = 'lowest' | 'latest'

/**
 * When a row is tried: with every change, on one machine (`usual`); with every change, by CI's second job (`full`); once a week, because
 * it tells of what others have only published for trial, and stops nobody (`weekly`).
 */
export type When = 'usual' | 'full' | 'weekly'

/** What an app has to bring, and the Node that it is built with. README's requirements name the same versions. */
export const REQUIRED = ['node', 'nuxt', 'vue', 'pinia', '@pinia/nuxt', '@bitrix24/b24jssdk'] as const

export type Versions = Record<typeof REQUIRED[number], string>

/**
 * Latest is what this repository itself is developed with: a change of package-lock.json moves it. With
 * `CONSUMERS_NEWEST=true` (see `run.ts`) apps of that edge take the newest of the registry instead.
 */
export const VERSIONS: Record<Edge, Versions> = {
  lowest: {
    'node': '22.19.0',
    'nuxt': '4.1.0',
    'vue': '3.5.11',
    'pinia': '3.0.3',
    '@pinia/nuxt': '0.11.1',
    '@bitrix24/b24jssdk': '2.2.0',
  },
  latest: {
    'node': locked('node'),
    'nuxt': locked('nuxt'),
    'vue': locked('vue'),
    'pinia': locked('pinia'),
    '@pinia/nuxt': locked('@pinia/nuxt'),
    '@bitrix24/b24jssdk': locked('@bitrix24/b24jssdk'),
  },
}

/** Where a range has two parts: the end of the first and the beginning of the second. */
export const INNER_ENDS: Partial<Versions>[] = [
  { 'pinia': '3.0.4', '@pinia/nuxt': '0.11.3' },
  { 'pinia': '4.0.3', '@pinia/nuxt': '1.0.1' },
]

/** Tools that nothing else here needs, fetched by npx in these versions. */
export const MANAGERS = { pnpm: 'pnpm@12.21.0', yarn: '@yarnpkg/cli-dist@4.18.1', bun: 'bun@1.4.5' } as const

export interface Row {
  /** As given to `npm run test:package -- <name>`. */
  name: string
  when: When
  kind: 'nuxt' | 'vue'
  /** Folders of `apps`, laid over each other in this order. */
  apps: string[]
  manager: 'npm' | keyof typeof MANAGERS
  /** What the app's package.json lists, in versions of one edge but for those named here; more is listed by name and version. */
  edge: Edge
  lists: (typeof REQUIRED[number])[]
  versions: Partial<Versions>
  more: Record<string, string>
  /** What npm gives to everybody who asks for a package, whichever version they name: how a prerelease gets by ranges that know only releases. */
  overrides: Record<string, string>
  /** Where the portal comes from: a test's `createPortal()`, or the shell. */
  portal: 'createPortal' | 'command'
  /** Whether the HTML holds the page before any script has run. */
  isServerRendered: boolean
  /** Elements by `data-testid`, and the text that they show after the pings. */
  shows: Record<string, string>
  /** How often the page is loaded; each time everything is played, from nothing. More than once where a plugin keeps stores in between. */
  loads: number
  /** The app's. The portal is at 127.0.0.1: `localhost` is another site, as in life, where a frame may keep nothing in this browser. */
  host: 'localhost' | '127.0.0.1'
  /** Where in the app the page is. */
  path: string
  /** Whether the guide's unit test of a component runs in it. */
  hasUnitTest: boolean
  /** Whether the package's own `create` lays it out, from the template, in place of folders of `apps`. */
  isCreated: boolean
  /** Whether its types are checked; not where the checker of the row's compiler does not exist yet. */
  hasTypeCheck: boolean
}

/** As README's `npm install` names them; Vue comes with Nuxt. */
const nuxtApp = {
  when: 'full',
  kind: 'nuxt',
  apps: ['nuxt'],
  manager: 'npm',
  edge: 'latest',
  lists: ['nuxt', 'pinia', '@pinia/nuxt', '@bitrix24/b24jssdk'],
  versions: {},
  more: pick('typescript', 'vue-tsc'),
  overrides: {},
  portal: 'createPortal',
  isServerRendered: true,
  shows: {},
  loads: 1,
  host: 'localhost',
  path: '/',
  hasUnitTest: false,
  isCreated: false,
  hasTypeCheck: true,
} satisfies Omit<Row, 'name'>

const vueApp = {
  ...nuxtApp,
  kind: 'vue',
  apps: ['vue'],
  lists: ['vue', '@bitrix24/b24jssdk'],
  more: pick('typescript', 'vue-tsc', 'vite', '@vitejs/plugin-vue'),
  isServerRendered: false,
} satisfies Omit<Row, 'name'>

const unitTest = { more: { ...nuxtApp.more, ...pick('vitest', '@nuxt/test-utils', '@vue/test-utils', 'happy-dom') }, hasUnitTest: true }

/** The lowest Vue that the lowest Nuxt accepts; the package itself is content with less. */
const lowestNuxt = { ...nuxtApp, edge: 'lowest', lists: [...nuxtApp.lists, 'node'], more: { ...nuxtApp.more, vue: '3.5.20' } } satisfies Omit<Row, 'name'>

const persisted = { ...nuxtApp, more: { ...nuxtApp.more, 'pinia-plugin-persistedstate': '4.7.1' }, loads: 3, host: '127.0.0.1' } satisfies Omit<Row, 'name' | 'apps'>

export const ROWS: Row[] = [
  { ...lowestNuxt, name: 'nuxt-lowest', when: 'usual', portal: 'command' },

  // These two the end-to-end tests run with too, in this repository.
  { ...vueApp, name: 'vue-latest' },
  { ...nuxtApp, ...unitTest, name: 'nuxt-latest', apps: ['nuxt', 'nuxt-pg-boss'], more: { ...unitTest.more, ...pick('pg-boss') } },
  { ...lowestNuxt, name: 'nuxt-lowest-pinia-4', versions: INNER_ENDS[1]! },
  { ...nuxtApp, name: 'created', apps: [], lists: [], more: {}, isCreated: true, hasUnitTest: true, portal: 'command' },
  { ...nuxtApp, name: 'nuxt-pinia-3', versions: INNER_ENDS[0]! },
  { ...nuxtApp, name: 'nuxt-spa', apps: ['nuxt', 'nuxt-spa'], isServerRendered: false },
  {
    ...nuxtApp,
    name: 'nuxt-bitrix24',
    apps: ['nuxt', 'nuxt-bitrix24'],
    more: { ...nuxtApp.more, ...pick('@bitrix24/b24jssdk-nuxt', '@bitrix24/b24ui-nuxt', 'tailwindcss') },
    shows: { 'same-frame': 'true' },
  },
  { ...nuxtApp, name: 'nuxt-own-pinia', apps: ['nuxt', 'nuxt-own-pinia'], shows: { senders: 'the portal, the app' } },
  { ...nuxtApp, name: 'nuxt-compatibility-5', apps: ['nuxt', 'nuxt-compatibility-5'] },
  { ...nuxtApp, name: 'nuxt-layer', apps: ['nuxt', 'nuxt-layer'] },
  { ...nuxtApp, name: 'nuxt-base-url', apps: ['nuxt', 'nuxt-base-url'], path: '/partner/app/' },
  { ...nuxtApp, name: 'nuxt-typed-pages', apps: ['nuxt', 'nuxt-typed-pages'] },
  { ...nuxtApp, name: 'nuxt-security', apps: ['nuxt', 'nuxt-security'], more: { ...nuxtApp.more, 'nuxt-security': '2.6.0' } },
  { ...nuxtApp, name: 'nuxt-i18n', apps: ['nuxt', 'nuxt-i18n'], more: { ...nuxtApp.more, '@nuxtjs/i18n': '10.6.0' }, path: '/en' },
  { ...nuxtApp, name: 'nuxt-pwa', apps: ['nuxt', 'nuxt-pwa'], more: { ...nuxtApp.more, '@vite-pwa/nuxt': '1.1.1' } },
  { ...persisted, name: 'nuxt-persisted-before', apps: ['nuxt', 'nuxt-persisted', 'nuxt-persisted-before'] },
  { ...persisted, name: 'nuxt-persisted-after', apps: ['nuxt', 'nuxt-persisted', 'nuxt-persisted-after'] },
  { ...nuxtApp, ...unitTest, name: 'nuxt-pnpm', manager: 'pnpm', portal: 'command' },
  { ...vueApp, name: 'vue-lowest', edge: 'lowest', lists: [...vueApp.lists, 'pinia', 'node'], portal: 'command' },
  { ...vueApp, name: 'vue-pinia-3', lists: [...vueApp.lists, 'pinia'], versions: { pinia: INNER_ENDS[0]!.pinia! } },
  { ...vueApp, name: 'vue-own-pinia', apps: ['vue', 'vue-own-pinia'], lists: [...vueApp.lists, 'pinia'] },
  // Types of the SDK and of a back end name those of Node.
  { ...vueApp, name: 'vue-strict-types', apps: ['vue', 'vue-strict-types'], more: { ...vueApp.more, ...pick('@types/node') } },
  { ...vueApp, name: 'vue-pnpm', manager: 'pnpm', portal: 'command' },

  { ...nuxtApp, name: 'nuxt-5', when: 'weekly', versions: { nuxt: 'npm:nuxt-nightly@latest' }, overrides: { nitro: '3.0.260903-beta' }, hasTypeCheck: false },
  { ...nuxtApp, name: 'nuxt-typescript-6', when: 'weekly', more: { ...nuxtApp.more, typescript: '6' } },
  { ...vueApp, name: 'vue-3.6', when: 'weekly', apps: ['vue', 'vue-vapor'], versions: { vue: '3.6.0-rc.9' }, overrides: { vue: '3.6.0-rc.9' }, shows: { vapor: '2' } },
  { ...vueApp, name: 'vue-typescript-7', when: 'weekly', more: { ...vueApp.more, typescript: '7' }, hasTypeCheck: false },
  { ...vueApp, name: 'vue-yarn', when: 'weekly', manager: 'yarn', lists: [...vueApp.lists, 'pinia'], more: { ...vueApp.more, ...pick('@vue/devtools-api') }, portal: 'command' },
  { ...vueApp, name: 'vue-bun', when: 'weekly', manager: 'bun', portal: 'command' },
]

function locked(name: string): string {
  const { version } = (lock.packages as Record<string, { version?: string }>)[`node_modules/${name}`] ?? {}
  if (!version) throw new Error(`package-lock.json has no ${name}.`)
  return version
}

function pick(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map(name => [name, locked(name)]))
}

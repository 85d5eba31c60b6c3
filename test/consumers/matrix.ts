import lock from '../../package-lock.json' with { type: 'json' }

// The apps in which `npm run test:package` tries the packed package: data only.

export type Edge = 'lowest' | 'latest'

/** What an app has to bring, and the Node that it is built with. README's requirements name the same versions. */
export const REQUIRED = ['node', 'nuxt', 'vue', 'pinia', '@pinia/nuxt', '@bitrix24/b24jssdk'] as const

/**
 * Latest is what this repository itself is developed with: a change of package-lock.json moves it. With
 * `CONSUMERS_NEWEST=true` (see `run.ts`) apps of that edge take the newest of the registry instead.
 */
export const VERSIONS: Record<Edge, Record<typeof REQUIRED[number], string>> = {
  lowest: {
    'node': '22.19.0',
    'nuxt': '4.1.0',
    'vue': '3.5.11',
    'pinia': '4.0.3',
    '@pinia/nuxt': '1.0.1',
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

/** Which pnpm, fetched by npx: nothing else here needs it. */
export const PNPM = '12.21.0'

export interface Row {
  /** As given to `npm run test:package -- <name>`. */
  name: string
  kind: 'nuxt' | 'vue'
  /** Folders of `apps`, laid over each other in this order. */
  apps: string[]
  manager: 'npm' | 'pnpm'
  /** What the app's package.json lists, in versions of one edge; more is listed by name and version. */
  edge: Edge
  lists: (typeof REQUIRED[number])[]
  more: Record<string, string>
  /** Where the portal comes from: a test's `createPortal()`, or the shell. */
  portal: 'createPortal' | 'command'
  /** Whether the HTML holds the page before any script has run. */
  isServerRendered: boolean
  /** Elements by `data-testid`, and the text that they show after the pings. */
  shows: Record<string, string>
  /** Whether the guide's unit test of a component runs in it. */
  hasUnitTest: boolean
}

/** As README's `npm install` names them; Vue comes with Nuxt. */
const nuxtApp = {
  kind: 'nuxt',
  apps: ['nuxt'],
  manager: 'npm',
  edge: 'latest',
  lists: ['nuxt', 'pinia', '@pinia/nuxt', '@bitrix24/b24jssdk'],
  more: pick('typescript', 'vue-tsc'),
  portal: 'createPortal',
  isServerRendered: true,
  shows: {},
  hasUnitTest: false,
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

export const ROWS: Row[] = [
  {
    ...nuxtApp,
    name: 'nuxt-lowest',
    edge: 'lowest',
    lists: [...nuxtApp.lists, 'node'],
    // The lowest that this Nuxt accepts; the package itself is content with less.
    more: { ...nuxtApp.more, vue: '3.5.20' },
    portal: 'command',
  },
  { ...nuxtApp, ...unitTest, name: 'nuxt-latest' },
  { ...nuxtApp, name: 'nuxt-spa', apps: ['nuxt', 'nuxt-spa'], isServerRendered: false },
  {
    ...nuxtApp,
    name: 'nuxt-bitrix24',
    apps: ['nuxt', 'nuxt-bitrix24'],
    more: { ...nuxtApp.more, ...pick('@bitrix24/b24jssdk-nuxt', '@bitrix24/b24ui-nuxt', 'tailwindcss') },
    shows: { 'same-frame': 'true' },
  },
  { ...nuxtApp, name: 'nuxt-own-pinia', apps: ['nuxt', 'nuxt-own-pinia'], shows: { senders: 'the portal, the app' } },
  { ...nuxtApp, ...unitTest, name: 'nuxt-pnpm', manager: 'pnpm', portal: 'command' },
  { ...vueApp, name: 'vue-lowest', edge: 'lowest', lists: [...vueApp.lists, 'pinia', '@pinia/nuxt', 'node'], portal: 'command' },
  { ...vueApp, name: 'vue-latest' },
  { ...vueApp, name: 'vue-own-pinia', apps: ['vue', 'vue-own-pinia'], lists: [...vueApp.lists, 'pinia'] },
  { ...vueApp, name: 'vue-pnpm', manager: 'pnpm', portal: 'command' },
]

function locked(name: string): string {
  const { version } = (lock.packages as Record<string, { version?: string }>)[`node_modules/${name}`] ?? {}
  if (!version) throw new Error(`package-lock.json has no ${name}.`)
  return version
}

function pick(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map(name => [name, locked(name)]))
}

import { createConfigForNuxt } from '@nuxt/eslint-config/flat'

/** The way of a message is the direction of imports: a room knows the rooms before it, and none after it. */
const ROOMS = ['frame', 'client', 'hub', 'stores', 'services', 'composables', 'inspect', 'plugins']

/** The rooms of client/, likewise. */
const CLIENT_ROOMS = ['wire', 'retry', 'sdk', 'shared']

/** What stands beside the rooms: what puts them together is known to plugins/ only, and what composables find by injection not before services/. */
const ROOTS = ['create-engine', 'engine', 'create-pull']
const CONTEXT = 'pull-context'

/** What every room of the browser and the server may use. They know no room, and of each other only what stands before them. */
const SHARED = ['types', 'utils', 'schema', 'rest', 'recording', 'texts']

const SDK = {
  name: '@bitrix24/b24jssdk',
  allowTypeImports: true,
  message: 'It weighs more than 100 kB: import its types only, and load it in frame/ or client/ when it is needed.',
}

const H3 = { name: 'h3', message: 'Nuxt has another major version of it than the dev portal.' }

const TIME = 'A machine\'s time may be put back or be a day off. Of utils/: wait by createClock(), tell the outside epochNow(), reckon with what outlives the page by ageOf().'

/** What a file may not import besides the SDK: whole rooms, or files beside them, seen from where it stands. */
function forbid(files, places, message, allowTypeImports = false) {
  const patterns = places.length ? [{ group: places, message, allowTypeImports }] : []
  return { files, rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: [SDK, H3], patterns }] } }
}

const rooms = (names, prefix) => names.map(name => `${prefix}${name}/**`)
const roots = (names, prefix) => names.map(name => `${prefix}${name}`)

/** What comes after a room of the browser, from a file `up` folders below `app/`. */
function later(room, up) {
  const i = ROOMS.indexOf(room)
  const knowsContext = i >= ROOMS.indexOf('services')
  return [...rooms(ROOMS.slice(i + 1), up), ...(room === 'plugins' ? [] : roots(knowsContext ? ROOTS : [...ROOTS, CONTEXT], up))]
}

export default createConfigForNuxt({
  features: { tooling: true, stylistic: true },
  dirs: { src: ['./playground/app', './examples/crm-mirror/app'] },
})
  .prepend({ ignores: ['**/dist', '**/.nuxt', '**/.output', '**/.packed', 'docs/.vitepress/cache', '**/node_modules'] })
  .append(
    {
      files: ['**/*.ts', '**/*.vue'],
      rules: {
        // One dialect. Members that are functions are written as properties, whose parameters TypeScript checks strictly.
        '@typescript-eslint/method-signature-style': ['error', 'property'],
        'import/consistent-type-specifier-style': ['error', 'prefer-top-level'],
      },
    },
    {
      // Overrides members of the SDK's classes, and TypeScript lets a method override only a method.
      files: ['src/runtime/app/client/sdk/pull-client.ts'],
      rules: { '@typescript-eslint/method-signature-style': 'off' },
    },
    forbid(['src/runtime/**'], [], ''),
    ...SHARED.map((room, i) => forbid([`src/runtime/${room}/**`], [...rooms(SHARED.slice(i + 1), '../'), '../app/**', '../server/**'], `${room}/ is for every room, so it knows none of them.`, true)),
    forbid(['src/runtime/server/**', 'src/server/**'], ['**/app/**'], 'A back end knows nothing of the browser.'),
    forbid(['src/{vue,testing,record}/**'], ['**/portal', '**/portal/**', '**/cli', '**/cli/**'], 'The dev portal and the command line are for Node, this is for browsers.'),
    ...ROOMS.map(room => forbid([`src/runtime/app/${room}/**`], later(room, '../'), `${room}/ comes before it on the way of a message.`)),
    ...CLIENT_ROOMS.map((room, i) => forbid([`src/runtime/app/client/${room}/**`], [...rooms(CLIENT_ROOMS.slice(i + 1), '../'), ...later('client', '../../')], `client/${room}/ comes before it.`)),
    forbid(['src/runtime/app/app-options.ts', `src/runtime/app/${CONTEXT}.ts`], [...rooms(ROOMS, './'), ...roots(ROOTS, './')], 'It is for every room, so it knows none of them but by types.', true),
    forbid(['src/runtime/app/engine.ts'], [...rooms(ROOMS.slice(ROOMS.indexOf('services')), './'), ...roots(['create-pull', CONTEXT], './')], 'The engine brings messages as far as the hub and the store.'),
    forbid(['src/runtime/app/create-engine.ts'], [...rooms(['client', ...ROOMS.slice(ROOMS.indexOf('services'))], './'), ...roots(['engine', 'create-pull', CONTEXT], './')], 'It brings messages as far as the hub and the store, over whatever connection it is given.'),
    forbid(['src/runtime/app/create-pull.ts'], rooms(ROOMS.slice(ROOMS.indexOf('services')), './'), 'The composition root knows no composables.'),
    {
      files: ['src/runtime/app/**'],
      rules: { 'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: TIME }] },
    },
    {
      files: ['src/runtime/**'],
      ignores: ['src/runtime/app/{frame,client}/**', 'src/runtime/server/**'],
      rules: { 'no-restricted-syntax': ['error', { selector: 'ImportExpression[source.value="@bitrix24/b24jssdk"]', message: 'Only frame/ and client/ load the SDK, and the server.' }] },
    },
    {
      files: ['test/**/*.ts'],
      // Their own subject; nothing else is going on in that process; a moment of bash.
      ignores: ['test/unit/scripts/run.test.ts', 'test/support/build-package.ts', 'test/unit/cli/verbs.test.ts'],
      rules: { 'no-restricted-imports': ['error', { paths: [{ name: 'node:child_process', importNames: ['execFileSync', 'execSync', 'spawnSync'], message: 'While that runs, Vitest and the browser are not heard: take test/support/tool.ts.' }] }] },
    },
    {
      files: ['test/**/*.ts'],
      rules: { 'no-restricted-syntax': ['error', { selector: 'CallExpression[callee.object.name="vi"][callee.property.name=/^wait(For|Until)$/][arguments.length<2]', message: 'Vitest waits for a second, which a busy machine takes: give it PATIENCE of test/support/patience.ts.' }] },
    },
    // Nuxt names pages by their addresses.
    { files: ['test/consumers/apps/**/pages/*.vue'], rules: { 'vue/multi-word-component-names': 'off' } },
  )

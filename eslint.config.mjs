import { createConfigForNuxt } from '@nuxt/eslint-config/flat'

/** The way of a message is the direction of imports: a room knows the rooms before it, and none after it. */
const ROOMS = ['frame', 'client', 'hub', 'stores', 'services', 'composables', 'plugins']

/** What every room of the browser and the server may use. They know no room, and of each other only what stands before them. */
const SHARED = ['types', 'utils', 'schema', 'rest']

const SDK = {
  name: '@bitrix24/b24jssdk',
  allowTypeImports: true,
  message: 'It weighs more than 100 kB: import its types only, and load it in frame/ or client/ when it is needed.',
}

const H3 = { name: 'h3', message: 'Nuxt has another major version of it than the dev portal.' }

/** What a file may not import besides the SDK: whole rooms, seen from where it stands. */
function forbid(files, rooms, prefix, message) {
  const patterns = rooms.length ? [{ group: rooms.map(room => `${prefix}${room}/**`), message, allowTypeImports: prefix !== '../' }] : []
  return { files, rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: [SDK, H3], patterns }] } }
}

export default createConfigForNuxt({
  features: { tooling: true, stylistic: true },
  dirs: { src: ['./playground/app'] },
})
  .prepend({ ignores: ['**/dist', '**/.nuxt', '**/.output', '**/.packed', '**/node_modules'] })
  .append(
    forbid(['src/runtime/**'], [], '', ''),
    ...SHARED.map((room, i) => forbid([`src/runtime/${room}/**`], [...SHARED.slice(i + 1).map(later => `../${later}`), '../app', '../server'], '', `${room}/ is for every room, so it knows none of them.`)),
    ...ROOMS.map((room, i) => forbid([`src/runtime/app/${room}/**`], ROOMS.slice(i + 1), '../', `${room}/ comes before it on the way of a message.`)),
    {
      files: ['src/runtime/**'],
      ignores: ['src/runtime/app/{frame,client}/**', 'src/runtime/server/**'],
      rules: { 'no-restricted-syntax': ['error', { selector: 'ImportExpression[source.value="@bitrix24/b24jssdk"]', message: 'Only frame/ and client/ load the SDK, and the server.' }] },
    },
    // Nuxt names pages by their addresses.
    { files: ['test/consumers/apps/**/pages/*.vue'], rules: { 'vue/multi-word-component-names': 'off' } },
  )

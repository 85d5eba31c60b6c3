import { ENTRIES } from './api.mjs'

/**
 * The API as a page of the documentation.
 *
 * @param {ReturnType<import('./api.mjs').readApi>} api
 * @returns {string} Markdown
 */
export function renderApiPage({ exports, options, hooks }) {
  const from = entry => exports.filter(({ entries }) => entries.includes(entry))
  const isComposable = ({ name, kind }) => kind === 'function' && /^use[A-Z]/.test(name)
  const composables = exports.filter(isComposable)
  const functions = exports.filter(one => one.kind === 'function' && !isComposable(one))
  const of = (entry, list) => list.filter(({ entries }) => entries[0] === entry)
  const types = exports.filter(({ kind }) => kind !== 'function')
  return [
    '# API',
    '<!-- Written by `node scripts/api.mjs` from the doc comments in src/. Change those, then run it. -->',
    'Every export, every option and every hook, as the sources declare them. What they are for, and how they go together, is on '
    + 'the [other pages](README.md). This page is made from the comments in the sources; a test fails when the two differ.',
    '## What can be imported from where',
    table(['from', 'exports'], Object.keys(ENTRIES).map(entry => [`\`${entry}\``, [
      ...(entry === 'nuxt-b24-pull' ? ['the module itself (default)'] : []),
      ...from(entry).map(({ name }) => link(name)),
    ].join(', ')])),
    'In a Nuxt app the [composables](#composables) are auto-imported, and in `server/` so are '
    + `${of('nuxt-b24-pull/server', functions).map(({ name }) => link(name)).join(' and ')}. Without Nuxt all of the former come from \`nuxt-b24-pull/vue\`.`,
    '## Module options',
    'Under `b24Pull` in `nuxt.config`. A wrong one stops the build.',
    table(['option', 'type', 'default', ''], options.map(({ name, type, byDefault, sentence }) => [`\`${name}\``, code(type), byDefault === 'undefined' ? 'none' : code(byDefault), line(sentence)])),
    '## Runtime hooks',
    'By `nuxtApp.hook(name, callback)`; more on [their page](hooks.md).',
    table(['hook', 'called with', 'when'], hooks.map(({ name, type, sentence }) => [`\`${name}\``, code(type.replace(/\) => void$/, ')').slice(1, -1)), line(sentence)])),
    '## Composables',
    ...composables.flatMap(one => entryOf(one)),
    ...Object.keys(ENTRIES).flatMap((entry) => {
      const own = of(entry, functions)
      return own.length ? [`## \`${entry}\``, ...own.flatMap(one => entryOf(one))] : []
    }),
    '## Errors',
    ...types.filter(({ kind }) => kind === 'class').flatMap(one => entryOf(one)),
    '## Types',
    ...types.filter(({ kind }) => kind === 'type').flatMap(one => entryOf(one)),
  ].join('\n\n') + '\n'
}

function entryOf({ name, kind, entries, signature, sentence, params, returns, throws, see, examples }) {
  const facts = [
    ...params.map(param => `- \`${param.name}\`: ${line(param.text)}`),
    ...(returns ? [`- returns ${line(returns)}`] : []),
    ...(throws.length ? throws.map(text => `- throws ${line(text)}`) : kind === 'function' ? ['- throws nothing of its own'] : []),
    ...see.map(address => `- see ${address.startsWith('http') ? `<${address}>` : address}`),
  ]
  return [
    `### ${name}`,
    paragraphs(sentence),
    `From ${entries.map(entry => `\`${entry}\``).join(', ')}${kind === 'function' && /^use[A-Z]/.test(name) ? '; auto-imported in Nuxt' : ''}.`,
    // Not `ts`: the examples of these pages are compiled, and a declaration alone is no program.
    `\`\`\`typescript\n${signature}\n\`\`\``,
    ...(facts.length ? [facts.join('\n')] : []),
    ...examples,
  ]
}

/** Lines of a comment run on; its paragraphs and lists stay. */
function paragraphs(text) {
  return text.split(/\n{2,}/).map(part => part.includes('\n- ') || part.startsWith('- ') ? part : line(part)).join('\n\n')
}

function line(text) {
  return text.replaceAll(/\s*\n\s*/g, ' ')
}

function link(name) {
  return `[\`${name}\`](#${name.toLowerCase()})`
}

function code(text) {
  return text ? `\`${line(text).replaceAll('|', '\\|')}\`` : ''
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n')
}

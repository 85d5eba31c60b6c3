import { join, relative } from 'node:path'
import ts from 'typescript'
import { root } from './root.mjs'

/** What users may import, by the name they import it from. */
export const ENTRIES = {
  'nuxt-b24-pull': 'src/module.ts',
  'nuxt-b24-pull/vue': 'src/vue/index.ts',
  'nuxt-b24-pull/server': 'src/server/index.ts',
  'nuxt-b24-pull/server/pg-boss': 'src/server/pg-boss.ts',
  'nuxt-b24-pull/testing': 'src/testing/index.ts',
  'nuxt-b24-pull/record': 'src/record/index.ts',
  'nuxt-b24-pull/portal': 'src/portal/index.ts',
  'nuxt-b24-pull/playwright': 'src/playwright/index.ts',
}

/**
 * @typedef {object} ApiExport
 * @property {string} name as it is imported
 * @property {'function' | 'class' | 'type'} kind what it is
 * @property {string[]} entries from where it can be imported
 * @property {string} signature the declaration without its body
 * @property {string} sentence what the comment says before its tags
 * @property {{ name: string, text: string }[]} params of `@param`
 * @property {string} returns of `@returns`
 * @property {string[]} throws of `@throws`
 * @property {string[]} see of `@see`
 * @property {string[]} examples each a fenced block
 * @property {string} file where it is declared, relative to the repository
 *
 * @typedef {object} ApiMember
 * @property {string} name of the property
 * @property {string} type as it is written
 * @property {string} sentence what the comment says before its tags
 * @property {string} byDefault of `@default`
 */

/**
 * Reads the sources as the compiler does.
 *
 * @returns {{ exports: ApiExport[], options: ApiMember[], hooks: ApiMember[] }} what they export, the module's options and its runtime hooks
 */
export function readApi() {
  const program = ts.createProgram(Object.values(ENTRIES).map(file => join(root, file)), {
    ...ts.parseJsonConfigFileContent(ts.readConfigFile(join(root, '.nuxt/tsconfig.json'), ts.sys.readFile).config, ts.sys, join(root, '.nuxt')).options,
    noEmit: true,
  })
  const checker = program.getTypeChecker()
  /** @type {Map<ts.Symbol, ApiExport>} */
  const found = new Map()
  for (const [entry, file] of Object.entries(ENTRIES)) {
    const source = program.getSourceFile(join(root, file))
    for (const alias of checker.getExportsOfModule(checker.getSymbolAtLocation(source))) {
      // The module itself is described by its options; the hooks, whose other name is for module-builder, have their own list.
      if (alias.name === 'default' || alias.name === 'ModuleRuntimeHooks') continue
      const symbol = alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias
      const known = found.get(symbol)
      if (known) known.entries.push(entry)
      else found.set(symbol, describe(alias.name, symbol, entry, checker))
    }
  }
  const exports = [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
  const membersOf = name => readMembers([...found.keys()].find(symbol => symbol.name === name), checker)
  return { exports, options: membersOf('ModuleOptions'), hooks: membersOf('PullRuntimeHooks') }
}

function describe(name, symbol, entry, checker) {
  const [declaration] = symbol.declarations
  const tags = symbol.getJsDocTags(checker)
  const texts = tag => tags.filter(({ name }) => name === tag).map(({ text }) => ts.displayPartsToString(text).trim())
  return {
    name,
    kind: symbol.flags & ts.SymbolFlags.Class ? 'class' : symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable) ? 'function' : 'type',
    entries: [entry],
    signature: symbol.declarations.map(signatureOf).filter(Boolean).join('\n'),
    sentence: plain(ts.displayPartsToString(symbol.getDocumentationComment(checker))),
    params: texts('param').map((text) => {
      const [word = '', ...rest] = text.split(' ')
      return { name: word, text: plain(rest.join(' ')) }
    }),
    returns: plain(texts('returns')[0] ?? ''),
    throws: texts('throws').map(plain),
    see: texts('see').map(text => text.replace(/^s:/, 'https:')),
    examples: texts('example'),
    file: relative(root, declaration.getSourceFile().fileName),
  }
}

/** `{@link X}` means nothing outside an editor; lines of a comment are no lines of a page. */
function plain(text) {
  return text.replaceAll(/\{@link ([^}\s]+)\s*\}/g, '`$1`').replaceAll(/\{(\w+Error)\}/g, '`$1`').trim()
}

/** A declaration as users see it: exported names, doc comments of members, no bodies. */
function signatureOf(declaration) {
  const text = node => node.getText().replace(/^export (?:default )?/, '')
  if (ts.isFunctionDeclaration(declaration)) {
    const whole = text(declaration)
    // The implementation of overloads is nobody's signature.
    if (declaration.body && declaration.parent.statements.some(other => other !== declaration && ts.isFunctionDeclaration(other) && other.name?.text === declaration.name.text && !other.body)) return ''
    return declaration.body ? whole.slice(0, declaration.body.getStart() - declaration.getStart() - (declaration.getText().length - whole.length)).trim() : whole
  }
  if (ts.isVariableDeclaration(declaration)) return `const ${declaration.name.getText()}: ${declaration.type?.getText() ?? 'unknown'}`
  if (ts.isClassDeclaration(declaration)) {
    const heritage = declaration.heritageClauses?.map(clause => ` ${clause.getText()}`).join('') ?? ''
    const members = declaration.members.filter(member => !ts.isPrivateIdentifier(member.name ?? member)).map(classMember)
    return `class ${declaration.name.text}${heritage} {\n${members.join('\n')}\n}`
  }
  return text(declaration)
}

function classMember(member) {
  const docs = ts.getJSDocCommentsAndTags(member).map(doc => `  ${doc.getText()}\n`).join('')
  const end = member.body ? member.body.getStart() : member.getEnd()
  return `${docs}  ${member.getText().slice(0, end - member.getStart()).trim()}`
}

/** The properties of an interface, its own and those that it extends, by name. */
function readMembers(symbol, checker) {
  return checker.getDeclaredTypeOfSymbol(symbol).getProperties().map((property) => {
    const [declaration] = property.declarations
    const tag = property.getJsDocTags(checker).find(({ name }) => name === 'default')
    return {
      name: property.name,
      type: declaration.type.getText(),
      sentence: plain(ts.displayPartsToString(property.getDocumentationComment(checker))),
      byDefault: ts.displayPartsToString(tag?.text),
    }
  })
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst, Visitor } from 'vite'

const CODE = /\.(?:m?js|css|html|json)$/

/** All text files of a build below a folder, as paths. Source maps are left out. */
export function builtFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && CODE.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
}

/** The files' text, one after the other. */
export function textOf(files: string[]): string {
  return files.map(file => readFileSync(file, 'utf8')).join('\n')
}

/** What a module asks for before it can run: its static imports and re-exports, as written. */
export function staticImports(file: string): string[] {
  return parseAst(readFileSync(file, 'utf8')).body.flatMap(node =>
    (node.type === 'ImportDeclaration' || node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') && node.source
      ? [node.source.value]
      : [])
}

/** What a module may ask for while it runs: its `import()` expressions whose argument is a text. */
function dynamicImports(file: string): string[] {
  const found: string[] = []
  new Visitor({
    ImportExpression: ({ source }) => void (source.type === 'Literal' && typeof source.value === 'string' && found.push(source.value)),
  }).visit(parseAst(readFileSync(file, 'utf8')))
  return found
}

/** The given chunks and all that are loaded with them without being asked for by code. Paths in, paths out. */
export function staticClosure(entries: string[]): string[] {
  return closure(entries, staticImports)
}

/** The given chunks and all that they may ever load. Paths in, paths out. */
export function wholeClosure(entries: string[]): string[] {
  return closure(entries, file => [...staticImports(file), ...dynamicImports(file)])
}

function closure(entries: string[], importsOf: (file: string) => string[]): string[] {
  const seen = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    for (const source of importsOf(file).filter(source => source.startsWith('.'))) visit(join(file, '..', source))
  }
  entries.forEach(visit)
  return [...seen]
}

/**
 * The sentences in a code's string literals: they survive a minifier, and two programs hardly share one.
 * @param files modules to read
 */
export function sentences(files: string[]): string[] {
  const found = new Set<string>()
  for (const file of files) {
    new Visitor({
      Literal: ({ value }) => void (isSentence(value) && found.add(value)),
      TemplateElement: ({ value }) => void (isSentence(value.cooked) && found.add(value.cooked)),
    }).visit(parseAst(readFileSync(file, 'utf8')))
  }
  return [...found]
}

/** Three words on one line that need no escape, so that a search in built code finds them as they are. */
function isSentence(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 20 && /\S\s\S+\s\S/.test(value) && !/[\n\\'"`$]|[^\x20-\x7E]/.test(value)
}

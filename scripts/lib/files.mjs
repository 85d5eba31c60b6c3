import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './root.mjs'

const GENERATED = new Set(['node_modules', '.nuxt', '.output', '.data', 'dist'])

/**
 * The source files below the given paths; what is generated is left out.
 * @param {string[]} paths files and folders, relative to the root; one that does not exist is skipped
 * @returns {string[]} paths relative to the root, sorted
 */
export function sourceFiles(paths) {
  return paths.flatMap(path => walk(join(root, path))).map(path => relative(root, path)).sort()
}

/**
 * One short hash over names and contents.
 * @param {string[]} contents files whose text counts
 * @param {string[]} [names] files of which only the existence counts
 */
export function fingerprint(contents, names = []) {
  const hash = createHash('sha256')
  for (const file of contents) hash.update(`${file}\0`).update(readFileSync(join(root, file))).update('\0')
  for (const file of names) hash.update(`${file}\0`)
  return hash.digest('hex').slice(0, 16)
}

function walk(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path).filter(name => !GENERATED.has(name)).flatMap(name => walk(join(path, name)))
}

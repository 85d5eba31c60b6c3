import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { inject } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'

/** What a clone needs to be played with. */
const SOURCES = ['package.json', 'package-lock.json', '.npmrc', 'build.config.ts', 'nuxt.config.ts', 'tsconfig.json', 'scripts', 'bin', 'src', 'playground', 'examples']
const GENERATED = new Set(['node_modules', '.nuxt', '.output', '.data'])

/** What the bootstrap makes, and where it notes from what. */
const PREPARED = ['dist', '.nuxt', 'playground/.nuxt', 'examples/crm-mirror/.nuxt', 'node_modules/.cache/nuxt-b24-pull/prepared']

export interface Clone {
  dir: string
  remove: () => void
}

/** This repository once more, installed and prepared as this one is: what runs there leaves this one alone. */
export function cloneInstalled(): Clone {
  const dir = mkdtempSync(join(inject('packed').dir, 'clone-'))
  for (const path of SOURCES) cpSync(join(root, path), join(dir, path), { recursive: true, filter: from => !GENERATED.has(basename(from)) })
  const packages = join(dir, 'node_modules')
  mkdirSync(packages)
  for (const name of readdirSync(join(root, 'node_modules'))) {
    // Caches are each clone's own.
    if (name.startsWith('.') && name !== '.bin' && name !== '.package-lock.json') continue
    if (!name.startsWith('nuxt-b24-pull')) symlinkSync(relative(packages, join(root, 'node_modules', name)), join(packages, name))
  }
  symlinkSync('..', join(packages, 'nuxt-b24-pull'))
  symlinkSync('../playground', join(packages, 'nuxt-b24-pull-playground'))
  symlinkSync('../examples/crm-mirror', join(packages, 'nuxt-b24-pull-example-crm-mirror'))
  for (const path of PREPARED.filter(path => existsSync(join(root, path)))) cpSync(join(root, path), join(dir, path), { recursive: true })
  pointStub(join(dir, 'dist'), dir)
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/** The stub of the package names the folder that it was made in. */
function pointStub(dist: string, dir: string): void {
  rmSync(join(dist, 'runtime'))
  symlinkSync('../src/runtime', join(dist, 'runtime'))
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(name => /\.(?:mjs|d\.[cm]ts)$/.test(name))) {
    const file = join(dist, name)
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(resolve(root), dir))
  }
}

import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { inject } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'

/** What a clone needs to be played with. */
const SOURCES = ['package.json', 'package-lock.json', '.npmrc', 'build.config.ts', 'nuxt.config.ts', 'tsconfig.json', 'scripts', 'bin', 'src', 'playground', 'examples']
const GENERATED = new Set(['node_modules', '.nuxt', '.output', '.data'])

export interface Clone {
  dir: string
  remove: () => void
}

/** This repository once more, as after `npm ci`: what runs there leaves this one alone. */
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
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

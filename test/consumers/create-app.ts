import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeBlocks } from '../support/code-blocks.ts'
import type { Row } from './matrix.ts'
import { VERSIONS } from './matrix.ts'

/** A new release of these says nothing about what an app runs with. */
const TYPE_CHECKERS = ['typescript', 'vue-tsc']

const here = fileURLToPath(new URL('.', import.meta.url))

/** What an installation leaves in a folder, which another app with the same dependencies takes over. */
const INSTALLED = ['node_modules', 'package.json', 'package-lock.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'yarn.lock', '.yarn', '.pnp.cjs', 'bun.lock']

/** Lays out the row's app in a folder, with the tarball among its dependencies; what is installed there stays, and nothing else. */
export function createApp(row: Row, folder: string, tarball: string, { isNewest }: { isNewest: boolean }): void {
  const { apps } = row
  const listed = dependenciesOf(row, isNewest)
  mkdirSync(folder, { recursive: true })
  for (const file of readdirSync(folder)) {
    if (!INSTALLED.includes(file)) rmSync(join(folder, file), { recursive: true, force: true })
  }
  for (const app of ['shared', ...apps]) cpSync(join(here, 'apps', app), folder, { recursive: true })
  cpSync(join(here, '../types/any.ts'), join(folder, 'types/any.ts'))
  if (existsSync(join(folder, 'package.json'))) return
  write(folder, 'package.json', JSON.stringify({
    name: row.name,
    private: true,
    type: 'module',
    dependencies: { 'nuxt-b24-pull': `file:${tarball}`, ...listed },
    overrides: row.overrides,
    // The npm package `node` gets its binary by a script; npm asks first.
    ...'node' in listed && { allowScripts: { node: true } },
  }, null, 2))
  // Else Yarn takes the nearest project above for its own, and installs into node_modules.
  if (row.manager === 'yarn') write(folder, 'yarn.lock', '')
  // A new app's first `pnpm install` stops at esbuild's script, which Nuxt brings and which only saves a moment.
  write(folder, 'pnpm-workspace.yaml', 'strictDepBuilds: false\n')
}

/** What the row's app lists beside the package: the lockfile's versions, or at the edge `latest` what the registry has newest. */
export function dependenciesOf({ edge, lists, versions, more }: Row, isNewest: boolean): Record<string, string> {
  const listed = { ...Object.fromEntries(lists.map(name => [name, VERSIONS[edge][name]])), ...more }
  const newest = !isNewest || edge !== 'latest'
    ? listed
    : Object.fromEntries(Object.entries(listed).map(([name, version]) => [name, TYPE_CHECKERS.includes(name) ? version : 'latest']))
  return { ...newest, ...versions }
}

/** Rows in groups that can share an installation, in the order of their first ones. */
export function byInstallation(rows: Row[], isNewest: boolean): Row[][] {
  return Object.values(Object.groupBy(rows, row => JSON.stringify([row.manager, row.kind, row.overrides, Object.entries(dependenciesOf(row, isNewest)).sort()]))) as Row[][]
}

/** The unit test of a component and its configuration, as the guide has them, in place of the app's own. */
export function writeUnitTest(folder: string): void {
  for (const { name, code } of codeBlocks('docs/testing.md')) {
    if (name?.startsWith('nuxt/')) write(folder, name.slice('nuxt/'.length), code)
  }
}

function write(folder: string, name: string, text: string): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

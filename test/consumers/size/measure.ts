import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { staticClosure, wholeClosure } from '../../support/bundle.ts'

export interface PackageSize {
  /** Bytes that are downloaded. */
  packed: number
  /** Bytes on the disk, source maps among them. */
  unpacked: number
  files: number
  /** Bytes of files by what they are. */
  parts: Record<'source maps' | 'types' | 'runtime' | 'portal page' | 'rest', number>
  /** Bytes of this package's own code by export: read at its import, and with all that it may load later. */
  exports: Record<string, { atImport: number, inAll: number }>
}

interface Manifest {
  exports: Record<string, string | { import: string }>
}

/** What the package weighs, before any compression but the tarball's. */
export function measurePackage({ tarball, packageDir }: { tarball: string, packageDir: string }): PackageSize {
  const files = readdirSync(packageDir, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const { exports } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as Manifest
  const entries = Object.entries(exports).flatMap(([name, target]) => typeof target === 'string' ? [] : [[name, join(packageDir, target.import)] as const])
  const parts: PackageSize['parts'] = { 'source maps': 0, 'types': 0, 'runtime': 0, 'portal page': 0, 'rest': 0 }
  for (const file of files) parts[partOf(relative(packageDir, file))] += statSync(file).size
  return {
    packed: statSync(tarball).size,
    unpacked: weigh(files),
    files: files.length,
    parts,
    exports: Object.fromEntries(entries.map(([name, entry]) => [name, { atImport: weigh(staticClosure([entry])), inAll: weigh(wholeClosure([entry])) }])),
  }
}

function partOf(file: string): keyof PackageSize['parts'] {
  if (file.endsWith('.map')) return 'source maps'
  if (/\.d\.m?ts$/.test(file)) return 'types'
  if (file.startsWith('dist/runtime/')) return 'runtime'
  return file.startsWith('dist/portal-page/') ? 'portal page' : 'rest'
}

function weigh(files: string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0)
}

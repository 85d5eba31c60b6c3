import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PackageJson } from './read-package'
import { readPackage } from './read-package'

interface OwnPackage extends PackageJson {
  name: string
  version: string
  devDependencies: Record<string, string>
  peerDependencies: Record<string, string>
}

/** Where this package is: above wherever this code stands, which is not the same in sources and builds. */
export function ownFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (readPackage(folder)?.name !== 'nuxt-b24-pull') folder = dirname(folder)
  return folder
}

export function readOwnPackage(): OwnPackage {
  return readPackage(ownFolder()) as OwnPackage
}

/** What decides which versions go together. */
export interface Wanted {
  /** What stands for this package itself. @default this version */
  spec?: string
  /** The range of Pinia that the app lists. @default none: the newest that is tested */
  pinia?: string
}

/**
 * Versions with which this package is developed and tested.
 *
 * @param names of packages
 * @param wanted what is decided already
 */
export function testedVersions(names: readonly string[], wanted: Wanted = {}): Record<string, string> {
  const { name: own, version, devDependencies, peerDependencies } = readOwnPackage()
  const versionOf = (name: string): string => {
    if (name === own) return wanted.spec ?? `^${version}`
    // The oldest of its ranges goes with Pinia 3, and the newer ones refuse that.
    if (name === '@pinia/nuxt' && /^\D*3\b/.test(wanted.pinia ?? '')) return peerDependencies[name]!.split(' ')[0]!
    return devDependencies[name]!
  }
  return Object.fromEntries(names.map(name => [name, versionOf(name)]))
}

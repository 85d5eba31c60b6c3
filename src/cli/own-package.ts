import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PackageJson } from './read-package'
import { readPackage } from './read-package'

interface OwnPackage extends PackageJson {
  name: string
  version: string
  devDependencies: Record<string, string>
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

/**
 * Versions with which this package is developed and tested.
 *
 * @param names of packages
 * @param spec what stands for this package itself; absent = this version
 */
export function testedVersions(names: readonly string[], spec?: string): Record<string, string> {
  const { name: own, version, devDependencies } = readOwnPackage()
  return Object.fromEntries(names.map(name => [name, name === own ? spec ?? `^${version}` : devDependencies[name]!]))
}

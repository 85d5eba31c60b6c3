import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { PackageJson } from '../read-package'
import { readPackage } from '../read-package'

export interface Installed extends PackageJson {
  name: string
  version: string
  /** Where it really is. */
  folder: string
}

/** The package that an import from a folder finds. */
export function findInstalled(name: string, from: string): Installed | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    const found = existsSync(place) ? readPackage(place) : null
    if (found?.version) return { ...found, name, version: found.version, folder: realpathSync(place) }
    if (dirname(folder) === folder) return null
  }
}

/** Every copy of a package that the project, or one of those that it lists, would import. */
export function copiesOf(name: string, folder: string, listed: readonly string[]): Installed[] {
  const importers = [folder, ...listed.flatMap(each => findInstalled(each, folder)?.folder ?? [])]
  const copies = importers.flatMap(importer => findInstalled(name, importer) ?? [])
  return [...new Map(copies.map(copy => [copy.folder, copy])).values()]
}

import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A package.json, as far as it counts here. */
export interface PackageJson {
  name?: string
  version?: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

export interface Installed extends PackageJson {
  name: string
  version: string
  /** Where it really is. */
  folder: string
}

export function readPackage(folder: string): PackageJson | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson
  }
  catch {
    return null
  }
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

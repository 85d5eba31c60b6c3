import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withoutMark } from './plain-text'

/** A package.json, as far as it counts here. */
export interface PackageJson {
  name?: string
  version?: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

/** The package.json of a folder; null where there is none that can be read. */
export function readPackage(folder: string): PackageJson | null {
  try {
    return JSON.parse(withoutMark(readFileSync(join(folder, 'package.json'), 'utf8'))) as PackageJson
  }
  catch {
    return null
  }
}

import { execFileSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import type { TestProject } from 'vitest/node'
import type { Packed } from '../../scripts/lib/packed.mjs'
import { packedAt } from '../../scripts/lib/packed.mjs'
import { root } from '../../scripts/lib/root.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The package as users get it, and the playground built with it. */
    packed: Packed
  }
}

/** Once per run of the e2e tests. Takes over what an earlier run built from the same sources. */
export default function setup(project: TestProject): void {
  // Vitest may have been started by its path, or by an editor: the tools are found all the same.
  process.env.PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
  const printed = execFileSync(process.execPath, ['scripts/packed.mjs'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 26 })
  const dir = /^Packed: (.+)$/m.exec(printed)?.[1]
  if (!dir) throw new Error(`scripts/packed.mjs did not say where the package is. It printed:\n${printed}`)
  project.provide('packed', packedAt(dir))
}

import { dirname, delimiter, join } from 'node:path'
import process from 'node:process'
import { MANAGERS } from './matrix.ts'
import type { Row } from './matrix.ts'

/**
 * The surroundings of a user's app: its own tools first, then the Node that runs this, and nothing of this repository,
 * whose tools would stand in for one that the app lacks.
 */
export function environmentOf(folder: string): NodeJS.ProcessEnv {
  const machine = (process.env.PATH ?? '').split(delimiter).filter(path => !path.includes('node_modules'))
  return { ...process.env, PATH: [join(folder, 'node_modules/.bin'), dirname(process.execPath), ...machine].join(delimiter) }
}

/** How a tool of the row's app is called: Yarn's Plug'n'Play has no folder of tools. */
export function callOf({ manager }: Row, tool: string, args: string[]): [command: string, args: string[]] {
  return manager === 'yarn' && tool !== 'node' ? ['npx', ['--yes', '--package', MANAGERS.yarn, 'yarn', 'run', tool, ...args]] : [tool, args]
}

import { dirname, delimiter, join } from 'node:path'
import process from 'node:process'

/**
 * The surroundings of a user's app: its own tools first, then the Node that runs this, and nothing of this repository,
 * whose tools would stand in for one that the app lacks.
 */
export function environmentOf(folder: string): NodeJS.ProcessEnv {
  const machine = (process.env.PATH ?? '').split(delimiter).filter(path => !path.includes('node_modules'))
  return { ...process.env, PATH: [join(folder, 'node_modules/.bin'), dirname(process.execPath), ...machine].join(delimiter) }
}

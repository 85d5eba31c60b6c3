import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PortalError } from '../errors'
import type { RestHandler } from './types'

const LOOK_EVERY_MS = 250

export type RestMethods = Record<string, RestHandler>

export interface RestFileListeners {
  /** The file has changed, and could be read. */
  onMethods: (methods: RestMethods) => void
  /** The file has changed, and cannot be read: what it said before goes on. */
  onProblem: (error: PortalError) => void
}

/**
 * Reads REST methods from a file.
 *
 * @param path of a module whose default export is an object of functions; from the working directory
 * @throws PortalError `PORTAL_BAD_REST_FILE`
 */
export async function readRestFile(path: string): Promise<{ methods: RestMethods, modified: number }> {
  const file = resolve(path)
  const info = await stat(file).catch(() => null)
  if (!info?.isFile()) throw badFile(file, 'There is no such file.')
  let module: { default?: unknown }
  try {
    // A module is loaded once per address: the query makes it another one.
    module = await import(/* @vite-ignore */ `${pathToFileURL(file).href}?${info.mtimeMs}`) as typeof module
  }
  catch (error) {
    throw badFile(file, `It could not be loaded: ${error instanceof Error ? error.message : String(error)}.`, error)
  }
  const methods = module.default
  if (typeof methods !== 'object' || methods === null) throw badFile(file, 'It has no default export that is an object.')
  const wrong = Object.entries(methods).find(([, handler]) => typeof handler !== 'function')
  if (wrong) throw badFile(file, `${wrong[0]} is no function.`)
  return { methods: methods as RestMethods, modified: info.mtimeMs }
}

/** Reads the file again whenever it is newer than `modified`, what the last reading saw; returns what ends that. */
export function watchRestFile(path: string, modified: number, { onMethods, onProblem }: RestFileListeners): () => void {
  const file = resolve(path)
  let seen = modified

  async function look(): Promise<void> {
    // Not there: an editor that writes the file anew is just in between.
    const now = (await stat(file).catch(() => null))?.mtimeMs ?? seen
    if (now === seen) return
    seen = now
    await readRestFile(file).then(({ methods }) => onMethods(methods), error => onProblem(error instanceof PortalError ? error : badFile(file, String(error))))
  }

  const timer = setInterval(() => void look(), LOOK_EVERY_MS).unref()
  return () => clearInterval(timer)
}

function badFile(file: string, why: string, cause?: unknown): PortalError {
  return new PortalError('PORTAL_BAD_REST_FILE', {
    what: `The REST methods of ${file} cannot be used.`,
    why,
    fix: 'It must be an ES module such as: export default { \'crm.deal.list\': (params, { user }) => [] }',
    field: 'rest',
    cause,
  })
}

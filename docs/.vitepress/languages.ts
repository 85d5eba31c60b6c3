import { existsSync } from 'node:fs'

/** Whether a page of one language stands under the same name in the other one. */
export function isInBothLanguages(path: string): boolean {
  const other = path.startsWith('ru/') ? path.slice('ru/'.length) : `ru/${path}`
  return existsSync(new URL(`../${other}`, import.meta.url))
}

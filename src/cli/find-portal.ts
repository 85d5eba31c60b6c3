import { sep } from 'node:path'
import type { Announcement } from '../portal/announcement'
import { announced } from '../portal/announcement'
import { CliError, EXIT } from './exit-codes'
import type { CliSurroundings } from './surroundings'
import { badValue } from './usage-error'

/** Names the portal to the commands that `exec` runs, and to whoever sets it. */
export const PORTAL_VARIABLE = 'B24_PORTAL'

/**
 * The address of the portal that is meant: the one named, or the one that runs for this project, or the only one that runs.
 *
 * @throws CliError exit code 3 where there is none, or more than one
 */
export function findPortal(named: string | undefined, { folder, env }: Pick<CliSurroundings, 'folder' | 'env'>): string {
  const address = named ?? env[PORTAL_VARIABLE]
  if (address) return readAddress(address, named === undefined ? PORTAL_VARIABLE : '--portal')
  const all = announced()
  const here = all.filter(portal => isWithin(folder, portal.folder) || isWithin(portal.folder, folder))
  const exact = here.filter(portal => portal.folder === folder)
  const [first, second] = exact.length > 0 ? exact : here.length > 0 ? here : all
  if (!first) {
    throw new CliError('NO_PORTAL', 'No dev portal is running. Start one with `npx nuxt-b24-pull portal --app <address>`, or `nuxt dev` with the option `portal`, or name one with --portal.', EXIT.noPortal)
  }
  if (second) {
    throw new CliError('MANY_PORTALS', `Several dev portals are running. Name one with --portal: ${all.map(describe).join('; ')}.`, EXIT.noPortal)
  }
  return first.url
}

/** Only ever a portal on this machine: commands carry what a project holds. */
function readAddress(address: string, givenBy: string): string {
  const url = URL.parse(address)
  if (url?.protocol !== 'http:' || url.hostname !== '127.0.0.1') throw badValue(givenBy, address, 'the address of a dev portal as it prints it, such as http://127.0.0.1:7324')
  return url.origin
}

function describe({ url, app, folder }: Announcement): string {
  return `${url} for ${app} in ${folder}`
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep)
}

import { createPortal } from '../portal'
import { readFlags } from './read-flags'
import type { CliSurroundings } from './surroundings'
import { toPortalOptions } from './to-portal-options'

/**
 * Runs a dev portal until the user ends it.
 *
 * @returns exit code
 * @throws UsageError for wrong arguments
 * @throws PortalError `PORTAL_PORT_TAKEN`
 */
export async function runPortal(argv: readonly string[], { out, error, untilEnd }: CliSurroundings): Promise<number> {
  const options = toPortalOptions(readFlags(argv))
  // From here on: a Ctrl-C while the port is being opened must not leave it open.
  const end = untilEnd()
  const portal = await createPortal({ ...options, onProblem: error })
  out(`Dev portal: ${portal.url}`)
  await end
  await portal.close()
  return 0
}

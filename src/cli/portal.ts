import { createPortal } from '../portal'
import { EXIT } from './exit-codes'
import { PORTAL_COMMAND_ARGS, PORTAL_REPEATABLE } from './portal-args'
import { readGiven } from './read-given'
import type { CliSurroundings } from './surroundings'
import { createTell } from './tell'
import { toPortalOptions } from './to-portal-options'

/**
 * Runs a dev portal until the user ends it.
 *
 * @returns exit code
 * @throws UsageError for wrong arguments
 * @throws PortalError of `createPortal()`, such as `PORTAL_PORT_TAKEN`
 */
export async function runPortal(argv: readonly string[], { out, error, untilEnd }: CliSurroundings): Promise<number> {
  const { flags } = readGiven(argv, PORTAL_COMMAND_ARGS, PORTAL_REPEATABLE)
  const options = toPortalOptions(flags)
  // From here on: a Ctrl-C while the port is being opened must not leave it open.
  const end = untilEnd()
  const portal = await createPortal({ ...options, onProblem: error })
  createTell(flags, out)({ url: portal.url }, `Dev portal: ${portal.url}`)
  await end
  await portal.close()
  return EXIT.done
}

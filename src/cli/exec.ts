import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { normalizeSpawnCommand } from 'tinyexec'
import { createPortal } from '../portal'
import { CliError } from './exit-codes'
import { PORTAL_VARIABLE } from './find-portal'
import { PORTAL_ARGS, PORTAL_REPEATABLE } from './portal-args'
import { readGiven } from './read-given'
import type { CliSurroundings } from './surroundings'
import { toPortalOptions } from './to-portal-options'
import { isEndSignal } from './until-signal'
import type { EndSignal } from './until-signal'
import { UsageError } from './usage-error'

/**
 * Runs a command beside a portal of its own, which it finds in `B24_PORTAL`.
 *
 * @param argv flags of `portal`, `--`, and the command with its arguments
 * @returns the command's own exit code; 128 and the signal's number where it was ended by one
 * @throws UsageError for wrong flags, and where there is no command
 * @throws PortalError of `createPortal()`, such as `PORTAL_BAD_OPTION`
 * @throws CliError exit code 127 for a command that cannot be started
 */
export async function runExec(argv: readonly string[], { error, untilEnd, folder, env }: CliSurroundings): Promise<number> {
  const at = argv.indexOf('--')
  const [command, ...args] = at < 0 ? [] : argv.slice(at + 1)
  if (command === undefined) throw new UsageError('The command is missing. It stands after two dashes: exec --app http://localhost:3000 -- npm test.')
  const options = toPortalOptions(readGiven(argv.slice(0, at), PORTAL_ARGS, PORTAL_REPEATABLE).flags)
  let child: ChildProcess | null = null
  let endedBy: EndSignal | null = null
  void untilEnd(passOn).then((signal) => {
    endedBy = isEndSignal(signal) ? signal : 'SIGTERM'
    passOn(endedBy)
  })
  const portal = await createPortal({ ...options, onProblem: error })
  try {
    return endedBy === null ? await run(command, args) : exitOf(null, endedBy)
  }
  finally {
    await portal.close()
  }

  function run(command: string, args: string[]): Promise<number> {
    return new Promise((resolve, reject) => {
      const wanted = normalizeSpawnCommand(command, args, { cwd: folder, stdio: 'inherit', env: { ...env, [PORTAL_VARIABLE]: portal.url } })
      child = spawn(wanted.command, wanted.args, wanted.options)
      child.once('error', problem => reject(new CliError('NO_COMMAND', `The command cannot be started: ${problem.message}.`, 127)))
      child.once('close', (code, signal) => resolve(exitOf(code, signal)))
    })
  }

  /** Ctrl-C the terminal has given the command itself, which may have something to put in order: it is only waited for. */
  function passOn(signal: EndSignal): void {
    if (signal !== 'SIGINT') child?.kill(signal)
  }
}

function exitOf(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal])
}

import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { renderUsage } from 'citty'
import { portalCommand, rootCommand } from './commands'
import type { CliSurroundings } from './surroundings'
import { untilSignal } from './until-signal'
import { UsageError } from './usage-error'

const terminal: CliSurroundings = {
  out: line => void process.stdout.write(`${line}\n`),
  error: line => void process.stderr.write(`${line}\n`),
  untilEnd: untilSignal,
}

/**
 * The command line of this package: `nuxt-b24-pull portal --app http://localhost:3000`.
 *
 * @param argv words after the program's name
 * @returns exit code: 0, 1 when the portal could not run, 2 for wrong arguments
 */
export async function main(argv: readonly string[], surroundings: CliSurroundings = terminal): Promise<number> {
  const { out, error } = surroundings
  const [command, ...rest] = argv
  const isPortal = command === 'portal'
  const asked = (...flags: string[]) => argv.some(word => flags.includes(word))
  try {
    if (asked('--help', '-h')) out(await (isPortal ? renderUsage(portalCommand, rootCommand) : renderUsage(rootCommand)))
    else if (asked('--version', '-v')) out(await version())
    else if (command === undefined) throw new UsageError('A command is missing. There is one: portal.')
    else if (!isPortal) throw new UsageError(`There is no command ${JSON.stringify(command)}. There is one: portal.`)
    else await (await import('./portal')).runPortal(rest, surroundings)
    return 0
  }
  catch (problem) {
    error(problem instanceof Error ? problem.message : String(problem))
    if (!(problem instanceof UsageError)) return 1
    error(`See nuxt-b24-pull ${isPortal ? 'portal ' : ''}--help.`)
    return 2
  }
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

import process from 'node:process'
import type { CommandDef } from 'citty'
import { renderUsage } from 'citty'
import { COMMANDS, rootHelp, toHelp } from './commands'
import { CliError, EXIT } from './exit-codes'
import { readOwnPackage } from './own-package'
import { runVerb } from './run-verb'
import type { CliSurroundings } from './surroundings'
import { untilSignal } from './until-signal'
import { UsageError } from './usage-error'
import { secondWords, VERBS, verbOf } from './verbs'

const terminal: CliSurroundings = {
  out: line => void process.stdout.write(`${line}\n`),
  error: line => void process.stderr.write(`${line}\n`),
  untilEnd: untilSignal,
  folder: process.cwd(),
  env: process.env,
}

/** What a command line asks for. */
interface Task {
  /** For the help and the hint at it; null = the program as a whole. */
  help: { name: string, command: CommandDef } | null
  run: () => Promise<number>
}

/**
 * The command line of this package: `nuxt-b24-pull portal --app http://localhost:3000`.
 *
 * @param argv words after the program's name
 * @returns exit code, see {@link EXIT}
 */
export async function main(argv: readonly string[], surroundings: CliSurroundings = terminal): Promise<number> {
  const { out, error } = surroundings
  // What stands behind two dashes is another command's.
  const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  const asked = (...flags: string[]) => own.some(word => flags.includes(word))
  const task = taskOf(argv, surroundings)
  try {
    if (asked('--help', '-h')) out(await (task.help === null ? renderUsage(rootHelp) : renderUsage(task.help.command, rootHelp)))
    else if (asked('--version', '-v')) out(readOwnPackage().version)
    else return await task.run()
    return EXIT.done
  }
  catch (problem) {
    const message = problem instanceof Error ? problem.message : String(problem)
    const exit = problem instanceof CliError ? problem.exit : EXIT.failed
    if (asked('--json')) {
      error(JSON.stringify({ error: { code: codeOf(problem), message, exit } }))
      return exit
    }
    error(message)
    if (problem instanceof UsageError) error(`See nuxt-b24-pull ${task.help === null ? '' : `${task.help.name} `}--help.`)
    return exit
  }
}

function taskOf(argv: readonly string[], surroundings: CliSurroundings): Task {
  const [first] = argv
  const command = COMMANDS.find(({ name }) => name === first)
  if (command) return { help: helpOf(command), run: () => command.run(argv.slice(1), surroundings) }
  const found = verbOf(argv)
  if (found) return { help: helpOf(found.verb), run: () => runVerb(found.verb, argv.slice(found.words), surroundings) }
  return {
    help: null,
    run: async () => {
      if (first !== 'completion' && first !== 'complete') throw new UsageError(whatIsMissing(first))
      const { COMPLETION_SCRIPT, completionsOf } = await import('./completion')
      for (const line of first === 'completion' ? [COMPLETION_SCRIPT] : completionsOf(argv.slice(2))) surroundings.out(line)
      return EXIT.done
    },
  }
}

function helpOf(one: Parameters<typeof toHelp>[0]): Task['help'] {
  return { name: one.name, command: toHelp(one) }
}

function whatIsMissing(first: string | undefined): string {
  const names = [...COMMANDS, ...VERBS].map(({ name }) => name).join(', ')
  if (first === undefined) return `A command is missing. There are ${names}.`
  const seconds = secondWords(first)
  if (seconds.length > 0) return `After ${first} comes one of ${seconds.join(', ')}.`
  return `There is no command ${JSON.stringify(first)}. There are ${names}.`
}

function codeOf(problem: unknown): string {
  return problem instanceof Error && 'code' in problem && typeof problem.code === 'string' ? problem.code : 'FAILED'
}

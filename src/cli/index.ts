import { readFile } from 'node:fs/promises'
import process from 'node:process'
import type { CommandDef } from 'citty'
import { renderUsage } from 'citty'
import { commandOf, createCommand, doctorCommand, execCommand, initCommand, portalCommand, rootCommand } from './commands'
import { CliError, EXIT } from './exit-codes'
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
  name: string | null
  command: CommandDef
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
    if (asked('--help', '-h')) out(await (task.name === null ? renderUsage(rootCommand) : renderUsage(task.command, rootCommand)))
    else if (asked('--version', '-v')) out(await version())
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
    if (problem instanceof UsageError) error(`See nuxt-b24-pull ${task.name === null ? '' : `${task.name} `}--help.`)
    return exit
  }
}

function taskOf(argv: readonly string[], surroundings: CliSurroundings): Task {
  const [first] = argv
  const rest = argv.slice(1)
  if (first === 'portal') return { name: first, command: portalCommand, run: async () => (await import('./portal')).runPortal(rest, surroundings) }
  if (first === 'exec') return { name: first, command: execCommand, run: async () => (await import('./verbs/exec')).runExec(rest, surroundings) }
  if (first === 'doctor') return { name: first, command: doctorCommand, run: async () => (await import('./doctor')).runDoctor(rest, surroundings) }
  if (first === 'init') return { name: first, command: initCommand, run: async () => (await import('./project/init')).runInit(rest, surroundings) }
  if (first === 'create') return { name: first, command: createCommand, run: async () => (await import('./project/create')).runCreate(rest, surroundings) }
  if (first === 'completion' || first === 'complete') {
    return {
      name: null,
      command: rootCommand,
      run: async () => {
        const { COMPLETION_SCRIPT, completionsOf } = await import('./completion')
        for (const line of first === 'completion' ? [COMPLETION_SCRIPT] : completionsOf(rest.slice(1))) surroundings.out(line)
        return EXIT.done
      },
    }
  }
  const found = verbOf(argv)
  if (found) return { name: found.verb.name, command: commandOf(found.verb), run: () => runVerb(found.verb, argv.slice(found.words), surroundings) }
  return {
    name: null,
    command: rootCommand,
    run: async () => {
      throw new UsageError(whatIsMissing(first))
    },
  }
}

function whatIsMissing(first: string | undefined): string {
  const names = ['create', 'init', 'portal', 'exec', 'doctor', ...VERBS.map(({ name }) => name)].join(', ')
  if (first === undefined) return `A command is missing. There are ${names}.`
  const seconds = secondWords(first)
  if (seconds.length > 0) return `After ${first} comes one of ${seconds.join(', ')}.`
  return `There is no command ${JSON.stringify(first)}. There are ${names}.`
}

function codeOf(problem: unknown): string {
  return problem instanceof Error && 'code' in problem && typeof problem.code === 'string' ? problem.code : 'FAILED'
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

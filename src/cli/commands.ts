import { defineCommand } from 'citty'
import type { ArgsDef, CommandDef } from 'citty'
import { DOCTOR_ARGS } from './doctor/args'
import { PORTAL_ARGS, PORTAL_COMMAND_ARGS } from './portal-args'
import { CREATE_ARGS, INIT_ARGS } from './project/args'
import type { CliSurroundings } from './surroundings'
import { VERBS } from './verbs'

/** Something that the command line can do by itself; what it asks of a running portal is a verb. */
export interface Command {
  name: string
  description: string
  args: ArgsDef
  /** @returns exit code */
  run: (argv: readonly string[], surroundings: CliSurroundings) => Promise<number>
}

/** All of them, in the order of the help. What one of them needs is loaded when it runs. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'create',
    description: 'Makes a new app: a live list for two users, with tests',
    args: CREATE_ARGS,
    run: async (argv, surroundings) => (await import('./project/create')).runCreate(argv, surroundings),
  },
  {
    name: 'init',
    description: 'Adds the module to the Nuxt or Vite app in this folder, with a first component, and shows what it adds',
    args: INIT_ARGS,
    run: async (argv, surroundings) => (await import('./project/init')).runInit(argv, surroundings),
  },
  {
    name: 'portal',
    description: 'Plays Bitrix24 on 127.0.0.1 and opens the app in a frame, with REST, a push server and a page to send events from',
    args: PORTAL_COMMAND_ARGS,
    run: async (argv, surroundings) => (await import('./portal')).runPortal(argv, surroundings),
  },
  {
    name: 'exec',
    description: 'Runs a command beside a portal of its own, and ends as it does: exec --app http://localhost:3000 -- npm test. The command finds the portal\'s address in B24_PORTAL',
    args: PORTAL_ARGS,
    run: async (argv, surroundings) => (await import('./exec')).runExec(argv, surroundings),
  },
  {
    name: 'doctor',
    description: 'Opens a deployed app as Bitrix24 does, or looks at the project in this folder, and says what is wrong',
    args: DOCTOR_ARGS,
    run: async (argv, surroundings) => (await import('./doctor')).runDoctor(argv, surroundings),
  },
]

const COMMON_ARGS = {
  help: { type: 'boolean', alias: 'h', description: 'Shows this text' },
  version: { type: 'boolean', alias: 'v', description: 'Shows the version' },
} as const satisfies ArgsDef

/** A command or a verb, as the help shows it. */
export function toHelp({ name, description, args }: Pick<Command, 'name' | 'description' | 'args'>): CommandDef {
  return defineCommand<ArgsDef>({ meta: { name, description }, args: { ...args, ...COMMON_ARGS } })
}

/** All of the command line, as the help shows it. */
export const rootHelp = defineCommand<ArgsDef>({
  meta: { name: 'nuxt-b24-pull', description: 'Bitrix24 Push & Pull for Frame apps' },
  args: COMMON_ARGS,
  subCommands: Object.fromEntries([...COMMANDS, ...VERBS].map(one => [one.name, toHelp(one)])),
})

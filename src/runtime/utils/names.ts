import { describe } from './describe'
import { PullError } from './errors'

/**
 * A module id in the form in which the portal sends it: lower case, not empty, not one of the platform's own.
 *
 * @throws PullError `MODULE_ID_ERROR` or `MODULE_RESERVED`
 */
export function normalizeModule(module: unknown): string {
  const trimmed = typeof module === 'string' ? module.trim() : ''
  if (!trimmed) {
    throw notAName('MODULE_ID_ERROR', 'module id', module, 'for example \'application\', or \'*\' for every module')
  }
  const name = trimmed.toLowerCase()
  if (name === 'pull' || name === 'online') {
    throw new PullError({
      code: 'MODULE_RESERVED',
      message: `The module id '${name}' belongs to the platform.`,
      why: '`pull` carries commands of the push server itself, `online` presence events.',
      fix: 'Use usePull() or usePullOnline(), and another module id for your own events.',
    })
  }
  return name
}

/**
 * Commands to listen to: a list without repeats, or `['*']`.
 *
 * @throws PullError `COMMAND_ERROR`
 */
export function normalizeCommands(command: unknown): readonly string[] {
  const commands: readonly unknown[] = Array.isArray(command) ? [...command] : [command]
  for (const name of commands) {
    if (typeof name !== 'string' || !name) {
      throw notAName('COMMAND_ERROR', 'command', name, 'a list of strings, or \'*\' for every command of the module')
    }
  }
  if (commands.length === 1) return commands as string[]
  return commands.includes('*') ? ['*'] : [...new Set(commands as string[])]
}

const notAName = (code: 'MODULE_ID_ERROR' | 'COMMAND_ERROR', what: string, value: unknown, orElse: string): PullError => new PullError({
  code,
  message: `The ${what} is ${describe(value)}, not a name.`,
  why: 'Messages are addressed by module id and command: no message could match.',
  fix: `Give the ${what} as a string, ${orElse}.`,
})

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
 * Commands to listen to: one as itself, several as a list of its own without repeats, `'*'` where that is among them.
 *
 * @throws PullError `COMMAND_ERROR`
 */
export function normalizeCommands(commands: unknown): string | readonly string[] {
  if (!Array.isArray(commands)) return checkCommand(commands)
  const names = new Set(Array.from(commands, checkCommand))
  if (names.has('*')) return '*'
  return names.size === 1 ? commands[0] as string : [...names]
}

function checkCommand(name: unknown): string {
  if (typeof name === 'string' && name) return name
  throw notAName('COMMAND_ERROR', 'command', name, 'a list of strings, or \'*\' for every command of the module')
}

const notAName = (code: 'MODULE_ID_ERROR' | 'COMMAND_ERROR', what: string, value: unknown, orElse: string): PullError => new PullError({
  code,
  message: `The ${what} is ${describe(value)}, not a name.`,
  why: 'Messages are addressed by module id and command: no message could match.',
  fix: `Give the ${what} as a string, ${orElse}.`,
})

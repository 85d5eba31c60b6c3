import type { ArgsDef } from 'citty'
import { EVENT_CATALOGUE } from '../portal/events/catalogue'
import { FAULT_NAMES } from '../portal/faults/definitions'
import { COMMANDS } from './commands'
import { VERBS, verbOf } from './verbs'

/** For Bash. */
export const COMPLETION_SCRIPT = `# source <(nuxt-b24-pull completion)
_nuxt_b24_pull() {
  COMPREPLY=()
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _nuxt_b24_pull nuxt-b24-pull`

/**
 * What may come next.
 *
 * @param words those of the command line so far; the last one is being written
 */
export function completionsOf(words: readonly string[]): string[] {
  const current = words.at(-1) ?? ''
  return candidates(words.slice(0, -1), current).filter(word => word.startsWith(current))
}

function candidates(before: readonly string[], current: string): string[] {
  if (before.length === 0) return [...new Set([...COMMANDS, { name: 'completion' }, ...VERBS].map(({ name }) => name.split(' ')[0]!))]
  const [first] = before
  const command = COMMANDS.find(({ name }) => name === first)
  if (command) return flags(command.args, current)
  const found = verbOf(before)
  if (!found) return VERBS.map(({ name }) => name.split(' ')).filter(([word]) => word === first).flatMap(([, second]) => second ?? [])
  if (current.startsWith('-')) return flags(found.verb.args, current)
  const place = before.slice(found.words).filter(word => !word.startsWith('-')).length
  return place > 0 ? [] : words(found.verb.name, current)
}

/** The first word after a verb, where there is a list of them. */
function words(verb: string, current: string): string[] {
  switch (verb) {
    case 'fault on': return [...FAULT_NAMES]
    case 'fault off': return [...FAULT_NAMES, 'all']
    case 'wait': return ['connection', 'request', 'log']
    // As it was begun: the platform writes them in either way.
    case 'event fire': return Object.keys(EVENT_CATALOGUE).map(event => current === current.toUpperCase() ? event : current + event.slice(current.length)).filter(event => event.toUpperCase() in EVENT_CATALOGUE)
    default: return []
  }
}

function flags(args: ArgsDef, current: string): string[] {
  return current.startsWith('-') ? Object.keys(args).filter(name => args[name]!.type !== 'positional').map(name => `--${name}`) : []
}

import type { EmitAnswer } from '../../portal/types'
import { EXIT } from '../exit-codes'
import { readParams } from '../read-set'
import { readUserIds } from '../read-values'
import type { Verb } from './verb'
import { SET, TALKING } from './verb'

export const emit: Verb = {
  name: 'emit',
  description: 'Sends a command to the app\'s frames, as the platform\'s back end does',
  args: {
    module: { type: 'positional', description: 'A module id; the command itself, where it is one of the module application' },
    command: { type: 'positional', required: false, description: 'A command, such as ping' },
    params: { type: 'string', valueHint: 'json', description: 'Params of the command ({})' },
    set: SET,
    user: { type: 'string', valueHint: 'id', description: 'A receiver; may be repeated (everybody)' },
    ...TALKING,
  },
  repeatable: ['set', 'user'],
  async run({ given: { words }, one, all, portal, tell }) {
    const [module, command] = words.length === 1 ? ['application', words[0]!] : [words[0]!, words[1]!]
    const userId = readUserIds(all('user'))
    const answer = await portal().post<EmitAnswer>('emit', {
      module,
      command,
      params: readParams('params', one('params'), all('set')),
      ...(userId.length > 0 && { userId }),
    })
    tell(answer, `Sent ${module}:${command} to ${userId.length > 0 ? `user ${userId.join(', ')}` : 'everybody'}.`)
    return EXIT.done
  },
}

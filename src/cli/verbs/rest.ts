import type { RestCallAnswer } from '../../portal/types'
import { EXIT } from '../exit-codes'
import { readParams } from '../read-set'
import { readUserIds } from '../read-values'
import type { Verb } from './verb'
import { SET, TALKING } from './verb'

export const rest: Verb = {
  name: 'rest',
  description: 'Calls a REST method as the app would; after an error the exit code is 1',
  args: {
    method: { type: 'positional', description: 'A method, such as profile' },
    params: { type: 'string', valueHint: 'json', description: 'Params of the call ({})' },
    set: SET,
    user: { type: 'string', valueHint: 'id', description: 'Who calls (the one before the screen)' },
    ...TALKING,
  },
  repeatable: ['set'],
  async run({ given, one, all, portal, tell }) {
    const [userId] = readUserIds(all('user'))
    const answer = await portal().post<RestCallAnswer>('rest/call', {
      method: given.words[0]!,
      params: readParams('params', one('params'), all('set')),
      ...(userId !== undefined && { userId }),
    })
    tell(answer, answer.error === null ? JSON.stringify(answer.result, null, 2) : `${answer.status} ${answer.error}: ${answer.description}`)
    return answer.error === null ? EXIT.done : EXIT.failed
  },
}

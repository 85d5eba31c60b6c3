import type { WaitAnswer, WaitRequest } from '../../portal/types'
import { EXIT } from '../exit-codes'
import { readNumber } from '../read-values'
import { badFlag, UsageError } from '../usage-error'
import type { Verb } from './verb'
import { TALKING } from './verb'

const TARGETS = ['connection', 'request', 'log']

export const wait: Verb = {
  name: 'wait',
  description: 'Waits until a page is connected, a REST request has come or an entry stands in the log',
  args: {
    what: { type: 'positional', description: 'One of connection, request, log' },
    match: { type: 'positional', required: false, description: 'The connection\'s user id, the request\'s method, the entry\'s title' },
    timeout: { type: 'string', valueHint: 'ms', description: 'How long; then the exit code is 4 (5000)' },
    fresh: { type: 'boolean', description: 'Only what comes from now on counts' },
    ...TALKING,
  },
  async run({ given: { words: [what = '', match] }, one, portal, tell }) {
    if (!TARGETS.includes(what)) throw new UsageError(`"${what}" cannot be waited for. There are ${TARGETS.join(', ')}.`)
    const timeout = one('timeout')
    if (timeout !== undefined && !/^[1-9]\d*$/.test(timeout)) throw badFlag('timeout', timeout, 'a whole number of milliseconds')
    const request: WaitRequest = {
      what: what as WaitRequest['what'],
      ...(match !== undefined && { match }),
      ...(timeout !== undefined && { timeout: readNumber<number>(timeout) }),
      ...(one('fresh') !== undefined && { fresh: true }),
    }
    const { found } = await portal().post<WaitAnswer>('wait', request)
    tell(found, `There is the ${what}${match === undefined ? '' : ` ${match}`}.`)
    return EXIT.done
  },
}

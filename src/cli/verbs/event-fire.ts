import { catalogueEvent } from '../../portal/events/catalogue'
import { sayFired } from '../../portal/events/say-fired'
import type { FireEventAnswer } from '../../portal/types'
import { EXIT } from '../exit-codes'
import { readParams } from '../read-set'
import type { Verb } from './verb'
import { SET, TALKING } from './verb'

export const eventFire: Verb = {
  name: 'event fire',
  description: 'Fires an event at the app\'s back end; where it reaches nobody, or is refused, the exit code is 1',
  args: {
    event: { type: 'positional', description: 'An event, such as ONCRMDEALUPDATE' },
    data: { type: 'string', valueHint: 'json', description: 'Its data (as the platform documents it, where the event is in event list)' },
    set: SET,
    ...TALKING,
  },
  repeatable: ['set'],
  async run({ given, one, all, portal, tell }) {
    const event = given.words[0]!.toUpperCase()
    // As forms carry them: all values of an event are texts.
    const data = readParams('data', one('data'), all('set'), text => text, catalogueEvent(event)?.data)
    const answer = await portal().post<FireEventAnswer>('events/fire', { event, data })
    tell(answer, sayFired(event, answer))
    const { deliveries, queued } = answer
    const isReceived = deliveries.length + queued > 0 && deliveries.every(({ error }) => error === null)
    return isReceived ? EXIT.done : EXIT.failed
  },
}

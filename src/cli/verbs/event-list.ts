import { EVENT_CATALOGUE } from '../../portal/events/catalogue'
import type { Verb } from './verb'
import { TALKING } from './verb'

export const eventList: Verb = {
  name: 'event list',
  description: 'Lists the platform\'s common events, with the data that they bring; needs no portal',
  args: {
    words: { type: 'positional', required: false, description: 'Only events whose name, scope or title has this' },
    json: TALKING.json,
  },
  async run({ given, one, surroundings: { out } }) {
    const wanted = given.words[0]?.toLowerCase() ?? ''
    for (const [event, { scope, title, data }] of Object.entries(EVENT_CATALOGUE)) {
      if (![event, scope, title].some(text => text.toLowerCase().includes(wanted))) continue
      out(one('json') === undefined ? `${event}  ${scope}  ${title}\n  ${JSON.stringify(data)}` : JSON.stringify({ event, scope, title, data }))
    }
    return 0
  },
}

import { EVENT_CATALOGUE } from '../../portal/events/catalogue'
import { EXIT } from '../exit-codes'
import type { Verb } from './verb'
import { JSON_FLAG } from '../tell'

export const eventList: Verb = {
  name: 'event list',
  description: 'Lists the platform\'s common events, with the data that they bring; needs no portal',
  args: {
    words: { type: 'positional', required: false, description: 'Only events whose name, scope or title has this' },
    json: JSON_FLAG,
  },
  async run({ given, tell }) {
    const wanted = given.words[0]?.toLowerCase() ?? ''
    for (const [event, { scope, title, data }] of Object.entries(EVENT_CATALOGUE)) {
      if (![event, scope, title].some(text => text.toLowerCase().includes(wanted))) continue
      tell({ event, scope, title, data }, `${event}  ${scope}  ${title}\n  ${JSON.stringify(data)}`)
    }
    return EXIT.done
  },
}

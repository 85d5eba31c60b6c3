import type { RestHandler } from 'nuxt-b24-pull/portal'

/** REST methods that the dev portal has for the playground: some deals, and tags that it lets an app watch. */
export function createPortalRest(): Record<string, RestHandler> {
  const deals = [
    { ID: '42', TITLE: 'Forty-two desks', OPPORTUNITY: '4200.00', CURRENCY_ID: 'EUR' },
    { ID: '41', TITLE: 'Lamps for the library', OPPORTUNITY: '900.00', CURRENCY_ID: 'EUR' },
    { ID: '40', TITLE: 'Chairs, second delivery', OPPORTUNITY: '1500.00', CURRENCY_ID: 'EUR' },
  ]
  return {
    'crm.deal.list': () => deals,
    'crm.deal.update': ({ id, fields }, { fireEvent }) => {
      const deal = deals.find(({ ID }) => ID === String(id))
      if (!deal) return false
      Object.assign(deal, fields)
      void fireEvent('ONCRMDEALUPDATE', { FIELDS: { ID: deal.ID } })
      return true
    },
    // As if PHP on the portal's own server had subscribed the user to these.
    'pull.watch.extend': ({ tags }) => Object.fromEntries((tags as string[]).map(tag => [tag, tag.startsWith('PLAYGROUND_')])),
  }
}

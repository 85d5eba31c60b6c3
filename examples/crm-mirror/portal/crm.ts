import type { RestHandler } from 'nuxt-b24-pull/portal'

const PAGE = 50

interface Deal { ID: string, TITLE: string, OPPORTUNITY: string, CURRENCY_ID: string }

/** The deals of the dev portal. Who changes one causes the event that Bitrix24 would post. */
export function createCrm(): Record<string, RestHandler> {
  const deals = new Map<string, Deal>()
  let lastId = 0

  function add(fields: Partial<Deal>): string {
    const ID = String(++lastId)
    deals.set(ID, { TITLE: `Deal ${ID}`, OPPORTUNITY: '0.00', CURRENCY_ID: 'EUR', ...fields, ID })
    return ID
  }

  add({ TITLE: 'Chairs, second delivery', OPPORTUNITY: '1500.00' })
  add({ TITLE: 'Lamps for the library', OPPORTUNITY: '900.00' })
  add({ TITLE: 'Forty-two desks', OPPORTUNITY: '4200.00' })

  return {
    'crm.deal.list': () => [...deals.values()].reverse().slice(0, PAGE),
    'crm.deal.get': ({ id }) => deals.get(String(id)) ?? null,
    'crm.deal.add': ({ fields }, { fireEvent }) => {
      const ID = add(fields as Partial<Deal>)
      void fireEvent('ONCRMDEALADD', { FIELDS: { ID } })
      return Number(ID)
    },
    'crm.deal.update': ({ id, fields }, { fireEvent }) => {
      const deal = deals.get(String(id))
      if (!deal) return false
      deals.set(deal.ID, { ...deal, ...fields as Partial<Deal> })
      void fireEvent('ONCRMDEALUPDATE', { FIELDS: { ID: deal.ID } })
      return true
    },
    'crm.deal.delete': ({ id }, { fireEvent }) => {
      const isThere = deals.delete(String(id))
      if (isThere) void fireEvent('ONCRMDEALDELETE', { FIELDS: { ID: String(id) } })
      return isThere
    },
  }
}

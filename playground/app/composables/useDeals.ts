import type { Deal } from '~/types/deal'

/** The latest deals, read over REST, and read again whenever the app's back end says that one has changed. */
export function useDeals() {
  const { frame } = usePull()
  const deals = shallowRef<readonly Deal[]>([])

  // Also after a gap, and while the connection is away: a deal may have changed unheard.
  const { refresh, isRefreshing, error } = usePullRefresh(async () => {
    if (!frame.value) return
    deals.value = await callRest<Deal[]>(frame.value, 'crm.deal.list', {
      select: ['ID', 'TITLE', 'OPPORTUNITY', 'CURRENCY_ID'],
      order: { ID: 'DESC' },
    })
  })

  const { data: lastChange, count } = usePullCommand('application', 'deal.changed', () => refresh())

  async function raise(deal: Deal, by: number) {
    if (!frame.value) return
    const OPPORTUNITY = (Number(deal.OPPORTUNITY) + by).toFixed(2)
    await callRest(frame.value, 'crm.deal.update', { id: deal.ID, fields: { OPPORTUNITY } })
  }

  return { deals, lastChange, count, refresh, isRefreshing, error, raise }
}

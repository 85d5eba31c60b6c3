/** What is shown of a deal. The portal writes numbers as text. */
export interface Deal { ID: string, TITLE: string, OPPORTUNITY: string, CURRENCY_ID: string }

/**
 * The newest deals, as they are in CRM now. The back end says that they have changed; what is shown is read with the user's own
 * rights, so nobody sees more than they may.
 */
export function useDeals() {
  const { frame } = usePull()

  async function call<T>(method: string, params: Record<string, unknown>): Promise<T> {
    if (!frame.value) throw new Error('The portal has not answered yet.')
    const answer = await frame.value.actions.v2.call.make<T>({ method, params })
    if (!answer.isSuccess) throw new Error(answer.getErrorMessages().join(' '))
    return answer.getData()!.result
  }

  const { state: deals, isPending, isStale, error, refresh } = usePullState(() => call<Deal[]>('crm.deal.list', {
    select: ['ID', 'TITLE', 'OPPORTUNITY', 'CURRENCY_ID'],
    order: { ID: 'DESC' },
  }), {
    'deals.changed': 'refresh',
    'deal.removed': (deals, { id }) => deals.filter(({ ID }) => Number(ID) !== id),
  })

  return {
    deals, isPending, isStale, error, refresh,
    add: (TITLE: string) => call('crm.deal.add', { fields: { TITLE } }),
    raise: ({ ID, OPPORTUNITY }: Deal, by: number) => call('crm.deal.update', { id: ID, fields: { OPPORTUNITY: (Number(OPPORTUNITY) + by).toFixed(2) } }),
    remove: ({ ID }: Deal) => call('crm.deal.delete', { id: ID }),
  }
}

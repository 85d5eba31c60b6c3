import type { ShallowRef } from 'vue'
import { describe, expectTypeOf, it } from 'vitest'
import { usePullState } from '../../src/runtime/app/composables/usePullState'
import type { UsePullStateReturn } from '../../src/runtime/types'
import type { AnyMembers } from './any'

interface Deal { id: number, title: string }

declare module '../../src/runtime/types/commands' {
  interface PullCommands {
    'state.module': { 'deal.changed': Deal, 'deal.removed': { id: number } }
  }
}

const fetchDeals = async (): Promise<Deal[]> => []

describe('usePullState', () => {
  it('types reducers by the commands of the module, and the state by the fetcher', () => {
    const { state } = usePullState(fetchDeals, {
      'deal.changed': (deals, params) => {
        expectTypeOf(deals).toEqualTypeOf<Deal[]>()
        expectTypeOf(params).toEqualTypeOf<Readonly<Deal>>()
        return deals.map(deal => deal.id === params.id ? params : deal)
      },
      'deal.removed': (deals, { id }) => deals.filter(deal => deal.id !== id),
      'deal.other': (deals, params) => {
        expectTypeOf(params).toEqualTypeOf<Readonly<Record<string, unknown>>>()
        return deals
      },
      'deal.imported': 'refresh',
    }, { module: 'state.module' })
    expectTypeOf(state).toEqualTypeOf<Readonly<ShallowRef<Deal[] | undefined>>>()
  })

  it('is never undefined with a first snapshot', () => {
    expectTypeOf(usePullState(fetchDeals, {}, { initial: [] }).state).toEqualTypeOf<Readonly<ShallowRef<Deal[]>>>()
    expectTypeOf(usePullState(fetchDeals, {}, { initial: () => [{ id: 1, title: '' }] }).state.value).toEqualTypeOf<Deal[]>()
  })

  it('refuses a reducer that answers something else', () => {
    // @ts-expect-error commands are named
    usePullState(fetchDeals, { '*': 'refresh' })
    // @ts-expect-error a number is no list of deals
    usePullState(fetchDeals, { 'deal.removed': () => 1 })
    // @ts-expect-error no such word
    usePullState(fetchDeals, { 'deal.removed': 'reload' })
  })

  it('has nothing that is any', () => {
    expectTypeOf<AnyMembers<UsePullStateReturn<Deal[]>>>().toBeNever()
  })
})

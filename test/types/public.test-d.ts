import type { B24Frame } from '@bitrix24/b24jssdk'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import { describe, expectTypeOf, it } from 'vitest'
import type { ModuleOptions } from '../../src/module'
import type { usePull } from '../../src/runtime/app/composables/usePull'
import type { usePullCommand } from '../../src/runtime/app/composables/usePullCommand'
import type { usePullSend } from '../../src/runtime/app/composables/usePullSend'
import type { PullStore, usePullStore } from '../../src/runtime/app/stores/usePullStore'
import type {
  Pull, PullConnection, PullError, PullGap, PullMessage, PullParams, PullRuntimeHooks, PullStatus, PullStatusChange,
  PullTransport, SendOptions, UsePullCommandOptions, UsePullCommandReturn, UsePullSendReturn,
} from '../../src/runtime/types'
import type { FakeConnection } from '../../src/testing/fake-connection'
import type { AnyMembers } from './any'

describe('the measure', () => {
  interface Tainted {
    plain: any // eslint-disable-line @typescript-eslint/no-explicit-any
    held: Ref<any> // eslint-disable-line @typescript-eslint/no-explicit-any
    taken: (value: any) => void // eslint-disable-line @typescript-eslint/no-explicit-any
    given: () => Promise<any> // eslint-disable-line @typescript-eslint/no-explicit-any
    listed: any[] // eslint-disable-line @typescript-eslint/no-explicit-any
    good: (value: string) => Promise<void>
    also: Ref<unknown>
  }

  it('finds any where there is one', () => {
    expectTypeOf<AnyMembers<Tainted>>().toEqualTypeOf<'plain' | 'held' | 'taken' | 'given' | 'listed'>()
  })
})

describe('nothing public is any', () => {
  it('in what composables and the store return', () => {
    expectTypeOf<AnyMembers<Pull>>().toBeNever()
    expectTypeOf<AnyMembers<UsePullCommandReturn<PullParams>>>().toBeNever()
    expectTypeOf<AnyMembers<UsePullSendReturn<'application'>>>().toBeNever()
    expectTypeOf<AnyMembers<Pick<PullStore, 'status' | 'reason' | 'messages' | 'counts' | 'lastMessageAt' | 'latest' | 'clear'>>>().toBeNever()
  })

  it('in what they take', () => {
    expectTypeOf<AnyMembers<UsePullCommandOptions<PullParams>>>().toBeNever()
    expectTypeOf<AnyMembers<SendOptions>>().toBeNever()
    expectTypeOf<AnyMembers<Required<ModuleOptions>>>().toBeNever()
    type Taken = Parameters<typeof usePullCommand>
    expectTypeOf<AnyMembers<{ module: Taken[0], command: Taken[1], handler: NonNullable<Taken[2]> }>>().toBeNever()
    expectTypeOf<Parameters<typeof usePullSend>[0]>().not.toBeAny()
  })

  it('in messages, status, gaps, errors and hooks', () => {
    expectTypeOf<AnyMembers<PullMessage>>().toBeNever()
    expectTypeOf<AnyMembers<PullStatusChange>>().toBeNever()
    expectTypeOf<AnyMembers<PullGap>>().toBeNever()
    expectTypeOf<AnyMembers<PullError>>().toBeNever()
    expectTypeOf<AnyMembers<PullRuntimeHooks>>().toBeNever()
  })

  it('in connections', () => {
    expectTypeOf<AnyMembers<PullConnection>>().toBeNever()
    expectTypeOf<AnyMembers<FakeConnection>>().toBeNever()
  })
})

describe('usePull()', () => {
  type Returned = ReturnType<typeof usePull>

  it('has read-only refs of what it says', () => {
    expectTypeOf<Returned['status']>().toEqualTypeOf<Readonly<Ref<PullStatus>>>()
    expectTypeOf<Returned['reason']>().toEqualTypeOf<Readonly<ShallowRef<PullError | null>>>()
    expectTypeOf<Returned['isConnected']>().toEqualTypeOf<ComputedRef<boolean>>()
    expectTypeOf<Returned['nextRetryAt']['value']>().toEqualTypeOf<number | null>()
    expectTypeOf<Returned['transport']['value']>().toEqualTypeOf<PullTransport | null>()
    expectTypeOf<Returned['userId']['value']>().toEqualTypeOf<number | null>()
    expectTypeOf<Returned['frame']['value']>().toEqualTypeOf<B24Frame | null>()
  })

  it('knows every word of the status', () => {
    expectTypeOf<PullStatus>().toEqualTypeOf<'idle' | 'connecting' | 'connected' | 'reconnecting' | 'suspended' | 'failed' | 'closed'>()
  })

  it('cannot be written to', () => {
    const pull = {} as Returned
    // @ts-expect-error the status is the connection's to change
    pull.status.value = 'connected'
    // @ts-expect-error the refs stay the same
    pull.status = {} as Returned['status']
  })
})

describe('usePullStore()', () => {
  type Returned = ReturnType<typeof usePullStore>

  it('has the state and the actions that it says', () => {
    expectTypeOf<Returned['$id']>().toEqualTypeOf<'b24-pull'>()
    expectTypeOf<Returned['messages']>().toEqualTypeOf<readonly PullMessage[]>()
    expectTypeOf<Returned['counts']>().toEqualTypeOf<ReadonlyMap<string, ReadonlyMap<string, number>>>()
    expectTypeOf<Returned['latest']>().returns.toEqualTypeOf<PullMessage | undefined>()
    expectTypeOf<Returned['lastMessageAt']>().toEqualTypeOf<number | null>()
  })

  it('is written by the module only', () => {
    const store = {} as Returned
    // @ts-expect-error the list is read-only
    store.messages.push({} as PullMessage)
    // @ts-expect-error the status is read-only
    store.status = 'connected'
  })
})

describe('PullError', () => {
  it('has what happened, why and what to do as texts, and a code of a known list', () => {
    expectTypeOf<Pick<PullError, 'message' | 'why' | 'fix'>>().toEqualTypeOf<{ message: string, readonly why: string, readonly fix: string }>()
    expectTypeOf<'NOT_IN_FRAME'>().toExtend<PullError['code']>()
    expectTypeOf<string>().not.toExtend<PullError['code']>()
  })
})

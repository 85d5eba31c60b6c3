import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expectTypeOf, it } from 'vitest'
import * as z from 'zod'
import type { usePullCommand as UsePullCommand } from '../../src/runtime/app/composables/usePullCommand'
import type { PullMessage, PullParams } from '../../src/runtime/types'

declare const usePullCommand: typeof UsePullCommand

type Planned = Readonly<{ id: number, at: Date }>

const schema = z.object({ id: z.coerce.number(), at: z.iso.datetime().transform(text => new Date(text)) })

describe('a schema', () => {
  it('types what the handler gets, by what it gives out', () => {
    usePullCommand('other', 'planned', (params, message) => {
      expectTypeOf(params).toEqualTypeOf<Planned>()
      expectTypeOf(message).toEqualTypeOf<PullMessage<Planned>>()
    }, { schema })
  })

  it('types data, message and filter', () => {
    const { data, message } = usePullCommand('other', 'planned', undefined, {
      schema,
      filter({ params }) {
        expectTypeOf(params).toEqualTypeOf<Planned>()
        return params.id > 0
      },
    })
    expectTypeOf(data.value).toEqualTypeOf<Planned | undefined>()
    expectTypeOf(message.value).toEqualTypeOf<PullMessage<Planned> | undefined>()
  })

  it('may come from Valibot or ArkType, too', () => {
    usePullCommand('other', 'planned', params => expectTypeOf(params).toEqualTypeOf<Readonly<{ id: number }>>(), { schema: v.object({ id: v.number() }) })
    usePullCommand('other', 'planned', params => expectTypeOf(params).toEqualTypeOf<Readonly<{ id: number }>>(), { schema: type({ id: 'number' }) })
  })

  it('takes the place of what is declared for the command', () => {
    usePullCommand('test.types', 'saved', params => expectTypeOf(params).toEqualTypeOf<Planned>(), { schema })
  })

  it('leaves params as they are where there is none', () => {
    usePullCommand('other', 'planned', params => expectTypeOf(params).toEqualTypeOf<PullParams>(), { once: true })
  })

  it('has to be a validator', () => {
    // @ts-expect-error it follows no Standard Schema
    usePullCommand('other', 'planned', undefined, { schema: { parse: (value: unknown) => value } })
    // @ts-expect-error a schema gives no such field
    usePullCommand('other', 'planned', params => params.form, { schema })
    // @ts-expect-error `id` is a number
    usePullCommand('other', 'planned', (params: { id: string }) => params.id, { schema })
  })
})

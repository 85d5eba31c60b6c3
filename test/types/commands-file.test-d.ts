import { describe, expectTypeOf, it } from 'vitest'
import * as z from 'zod'
import type { usePullCommand as UsePullCommand } from '../../src/runtime/app/composables/usePullCommand'
import type { usePullSend as UsePullSend } from '../../src/runtime/app/composables/usePullSend'
import type { Portal } from '../../src/portal'
import type { InferPullCommandInputs, InferPullCommands, Pull, PullCommandSchemas } from '../../src/runtime/types'
import type { sendPullEvent as SendPullEvent } from '../../src/runtime/server/utils/sendPullEvent'

// As a file of the option `commands` is written, and as the module's type template augments by it.
const schemas = {
  'test.file': {
    planned: z.object({ id: z.number(), at: z.iso.datetime().transform(text => new Date(text)) }),
    counted: z.object({ count: z.number().default(0) }),
  },
} satisfies PullCommandSchemas

expectTypeOf(schemas).not.toBeAny()

declare module '../../src/runtime/types/commands' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- as the template writes it
  interface PullCommands extends InferPullCommands<typeof schemas> {}
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- as the template writes it
  interface PullCommandInputs extends InferPullCommandInputs<typeof schemas> {}
}

declare const usePullCommand: typeof UsePullCommand
declare const usePullSend: typeof UsePullSend
declare const sendPullEvent: typeof SendPullEvent
declare const portal: Portal
declare const pull: Pull
declare const b24: Parameters<typeof SendPullEvent>[0]

const at = '2026-01-02T03:04:05Z'

describe('a command of the file of schemas', () => {
  it('gives handlers what its schema gives out', () => {
    usePullCommand('test.file', 'planned', (params) => {
      expectTypeOf(params).toEqualTypeOf<Readonly<{ id: number, at: Date }>>()
      // @ts-expect-error there is no such field
      return params.on
    })
    expectTypeOf(usePullCommand('test.file', 'counted').data.value).toEqualTypeOf<Readonly<{ count: number }> | undefined>()
  })

  it('comes unchecked to handlers of on(): as it was sent', () => {
    pull.on('test.file', 'planned', params => expectTypeOf(params).toEqualTypeOf<Readonly<{ id: number, at: string }>>())
    pull.on('test.file', 'counted', params => expectTypeOf(params).toEqualTypeOf<Readonly<{ count?: number | undefined }>>())
  })

  it('is sent as its schema takes it in', () => {
    const { send } = usePullSend('test.file')
    send('planned', { id: 1, at })
    send('counted', {})
    send('counted')
    // @ts-expect-error over the wire it is a text
    send('planned', { id: 1, at: new Date() })
    // @ts-expect-error `at` is missing
    send('planned', { id: 1 })
    // @ts-expect-error params are missing
    send('planned')
  })

  it('is completed and checked in emit() of the portal', () => {
    expectTypeOf(portal.emit({ module: 'test.file', command: 'planned', params: { id: 1, at }, userId: 2 })).toEqualTypeOf<string[]>()
    portal.emit({ module: 'test.file', command: 'counted' })
    // @ts-expect-error `at` is a text
    portal.emit({ module: 'test.file', command: 'planned', params: { id: 1, at: 5 } })
    // @ts-expect-error params are missing
    portal.emit({ module: 'test.file', command: 'planned' })
  })

  it('is checked in sendPullEvent()', () => {
    expectTypeOf(sendPullEvent(b24, { module: 'test.file', command: 'planned', params: { id: 1, at } })).toEqualTypeOf<Promise<void>>()
    void sendPullEvent(b24, { module: 'test.file', command: 'counted', userId: [1, 2] })
    // @ts-expect-error `id` is a number
    void sendPullEvent(b24, { module: 'test.file', command: 'planned', params: { id: '1', at } })
    // @ts-expect-error params are missing
    void sendPullEvent(b24, { module: 'test.file', command: 'planned' })
  })
})

describe('any other command', () => {
  it('stays allowed wherever commands are sent', () => {
    portal.emit({ module: 'other', command: 'planned', params: { any: 'thing' } })
    portal.emit({ module: 'test.file', command: 'unheard.of', params: { any: 'thing' } })
    portal.emit({ module: 'other' as string, command: 'planned' as string })
    void sendPullEvent(b24, { command: 'unheard.of', params: { any: 'thing' } })
    void sendPullEvent(b24, { module: 'other', command: 'planned' })
    // @ts-expect-error params are an object
    void sendPullEvent(b24, { command: 'unheard.of', params: 'text' })
    // @ts-expect-error there has to be a command
    void sendPullEvent(b24, { params: {} })
  })
})

describe('a file of schemas', () => {
  it('holds schemas only', () => {
    // @ts-expect-error a text is no schema
    expectTypeOf({ application: { ping: 'z.object()' } } satisfies PullCommandSchemas).not.toBeAny()
  })

  it('keeps the types of an asynchronous schema', () => {
    const slow = { 'test.slow': { ping: z.object({ id: z.number() }).refine(async () => true) } } satisfies PullCommandSchemas
    expectTypeOf(slow).not.toBeAny()
    expectTypeOf<InferPullCommands<typeof slow>['test.slow']['ping']>().toEqualTypeOf<{ id: number }>()
  })
})

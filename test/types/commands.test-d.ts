import { computed, ref } from 'vue'
import { describe, expectTypeOf, it } from 'vitest'
import type { usePullCommand as UsePullCommand } from '../../src/runtime/app/composables/usePullCommand'
import type { usePullSend as UsePullSend } from '../../src/runtime/app/composables/usePullSend'
import type { Pull, PullMessage, PullParams } from '../../src/runtime/types'

// Apps write `declare module 'nuxt-b24-pull'`. Inside the repository that name means the built package, so the file that
// declares the interface is named instead. The module id is one that nothing else uses: the declaration holds everywhere.
declare module '../../src/runtime/types/commands' {
  interface PullCommands {
    'test.types': {
      'saved': { from: string, ids: number[] }
      'removed': { id: number }
      'no.params': Record<string, never>
      'planned': { at: Date, days?: readonly Date[], more: unknown }
    }
  }
}

declare const usePullCommand: typeof UsePullCommand
declare const usePullSend: typeof UsePullSend
declare const pull: Pull

type Saved = Readonly<{ from: string, ids: number[] }>
type Removed = Readonly<{ id: number }>

describe('a known command', () => {
  it('has its params in the handler', () => {
    usePullCommand('test.types', 'saved', (params, message) => {
      expectTypeOf(params).toEqualTypeOf<Saved>()
      expectTypeOf(message).toEqualTypeOf<PullMessage<Saved>>()
    })
  })

  it('has its params in data and message', () => {
    const { data, message, count } = usePullCommand('test.types', 'saved')
    expectTypeOf(data.value).toEqualTypeOf<Saved | undefined>()
    expectTypeOf(message.value).toEqualTypeOf<PullMessage<Saved> | undefined>()
    expectTypeOf(count.value).toEqualTypeOf<number>()
  })

  it('has its params in the filter', () => {
    usePullCommand('test.types', 'saved', undefined, {
      filter(message) {
        expectTypeOf(message.params).toEqualTypeOf<Saved>()
        return message.params.ids.includes(1)
      },
    })
  })

  it('has them with refs, getters and computed names, too', () => {
    usePullCommand(ref('test.types' as const), ref('saved' as const), params => expectTypeOf(params).toEqualTypeOf<Saved>())
    usePullCommand(() => 'test.types' as const, () => 'saved' as const, params => expectTypeOf(params).toEqualTypeOf<Saved>())
    usePullCommand('test.types', computed(() => 'saved' as const), params => expectTypeOf(params).toEqualTypeOf<Saved>())
  })

  it('in a list has the params of one of them', () => {
    usePullCommand('test.types', ['saved', 'removed'], params => expectTypeOf(params).toEqualTypeOf<Saved | Removed>())
  })

  it('has its params in on()', () => {
    pull.on('test.types', 'removed', (params) => {
      expectTypeOf(params).toEqualTypeOf<Removed>()
    })
    // @ts-expect-error there is no such field
    pull.on('test.types', 'removed', params => params.from)
  })

  it('has what arrives of its params: a date is a text', () => {
    type Arrived = Readonly<{ at: string, days?: readonly string[], more: unknown }>
    usePullCommand('test.types', 'planned', params => expectTypeOf(params).toEqualTypeOf<Arrived>())
    pull.on('test.types', 'planned', params => expectTypeOf(params).toEqualTypeOf<Arrived>())
    usePullSend('test.types').send('planned', { at: new Date(), days: [new Date()], more: 5 })
  })

  it('has read-only params', () => {
    usePullCommand('test.types', 'removed', (params) => {
      // @ts-expect-error the next handler sees the same object
      params.id = 2
    })
  })

  it('has no other fields', () => {
    // @ts-expect-error there is no such field
    usePullCommand('test.types', 'saved', params => params.form)
    // @ts-expect-error there is no such field
    const read = () => usePullCommand('test.types', 'saved').data.value?.form
    expectTypeOf(read).not.toBeAny()
  })

  it('refuses a handler of other params', () => {
    // @ts-expect-error `from` is a text
    usePullCommand('test.types', 'saved', (params: { from: number }) => params.from)
  })
})

describe('batch', () => {
  it('gives its handler messages, and goes with no `once`', () => {
    usePullCommand('test.types', 'saved', messages => expectTypeOf(messages[0]!.params.from).toEqualTypeOf<string>(), { batch: true })
    // @ts-expect-error one message is no batch
    usePullCommand('test.types', 'saved', () => {}, { batch: true, once: true })
    // @ts-expect-error what the handler gets has to be known
    usePullCommand('test.types', 'saved', () => {}, { batch: Math.random() > 0.5 })
  })
})

describe('an unknown command', () => {
  it('has a read-only record of unknown values', () => {
    usePullCommand('test.types', 'unheard.of', params => expectTypeOf(params).toEqualTypeOf<PullParams>())
    usePullCommand('other', 'saved', params => expectTypeOf(params).toEqualTypeOf<PullParams>())
    usePullCommand('*', '*', params => expectTypeOf(params).toEqualTypeOf<PullParams>())
    usePullCommand('test.types', '*', params => expectTypeOf(params).toEqualTypeOf<PullParams>())
    expectTypeOf<PullParams>().toEqualTypeOf<Readonly<Record<string, unknown>>>()
  })

  it('has unknown values, not any', () => {
    const { data } = usePullCommand('other', 'saved')
    expectTypeOf(data.value?.field).toEqualTypeOf<unknown>()
    expectTypeOf(data.value?.field).not.toBeAny()
    pull.on('other', 'saved', params => expectTypeOf(params.field).not.toBeAny())
  })

  it('may have a name that is known only when it runs', () => {
    usePullCommand(ref('other'), ref('saved'), params => expectTypeOf(params).toEqualTypeOf<PullParams>())
    usePullCommand(ref('other'), ref(['saved', 'removed']))
    usePullCommand('other' as string, ['saved', 'removed'] as readonly string[])
  })
})

describe('what usePullCommand() takes', () => {
  it('is a name, a name or names, a handler and options', () => {
    // @ts-expect-error a module id is a text
    usePullCommand(5, 'ping')
    // @ts-expect-error a command is a text
    usePullCommand('other', 5)
    // @ts-expect-error there has to be a command
    usePullCommand('other')
    // @ts-expect-error a handler is a function
    usePullCommand('other', 'ping', 'handler')
    // @ts-expect-error there is no such kind of sender to listen to
    usePullCommand('other', 'ping', undefined, { type: 'online' })
    // @ts-expect-error there is no such option
    usePullCommand('other', 'ping', undefined, { immediate: true })
  })

  it('may be an async handler', () => {
    usePullCommand('other', 'ping', async () => {})
  })

  it('is the only thing that writes what it returns', () => {
    const { data, count, isActive } = usePullCommand('test.types', 'saved')
    // @ts-expect-error it is read-only
    data.value = undefined
    // @ts-expect-error it is read-only
    count.value = 0
    // @ts-expect-error it is read-only
    isActive.value = false
  })
})

describe('send()', () => {
  const { send, sendAsync, isSending, error } = usePullSend('test.types')

  it('checks the params of a known command', () => {
    expectTypeOf(send('saved', { from: 'settings', ids: [1] })).toBeVoid()
    expectTypeOf(sendAsync('saved', { from: 'settings', ids: [1] })).toEqualTypeOf<Promise<void>>()
    // @ts-expect-error `ids` is missing
    send('saved', { from: 'settings' })
    // @ts-expect-error `from` is a text
    send('saved', { from: 1, ids: [] })
    // @ts-expect-error there is no such field
    send('removed', { id: 1, from: 'settings' })
  })

  it('takes any params for an unknown one', () => {
    send('unheard.of', { any: 'thing' })
    send('unheard.of')
    usePullSend().send('unheard.of', { any: 'thing' })
    // @ts-expect-error params are an object
    send('unheard.of', 'text')
  })

  it('takes one receiver or several', () => {
    send('removed', { id: 1 }, { userId: 1 })
    send('removed', { id: 1 }, { userId: [1, 2] })
    // @ts-expect-error an id is a number
    send('removed', { id: 1 }, { userId: '1' })
  })

  it('has read-only state', () => {
    expectTypeOf(isSending.value).toEqualTypeOf<boolean>()
    // @ts-expect-error it is read-only
    isSending.value = true
    // @ts-expect-error it is read-only
    error.value = null
  })
})

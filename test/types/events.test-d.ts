import { describe, expectTypeOf, it } from 'vitest'
import type { FireEvent, FireEventAnswer, PlatformEventData } from '../../src/portal'

declare const fireEvent: FireEvent
declare const anyName: string

describe('fireEvent()', () => {
  it('checks what is known of a common event\'s data, and lets the rest be', () => {
    expectTypeOf(fireEvent('ONCRMDEALUPDATE', { FIELDS: { ID: 42 } })).resolves.toEqualTypeOf<FireEventAnswer>()
    void fireEvent('ONCRMDEALUPDATE')
    void fireEvent('ONCRMDEALUPDATE', { FIELDS: { ID: '42' }, more: true })
    // @ts-expect-error -- an id is a text or a number
    void fireEvent('ONCRMDEALUPDATE', { FIELDS: { ID: true } })
    // @ts-expect-error -- fields are an object
    void fireEvent('ONCRMDEALUPDATE', { FIELDS: '42' })
    expectTypeOf<PlatformEventData<'ONCRMTIMELINECOMMENTADD'>['ID']>().toEqualTypeOf<string | number | undefined>()
  })

  it('takes any other event with any data', () => {
    void fireEvent('ONMYOWNEVENT', { anything: [1] })
    void fireEvent(anyName, { anything: [1] })
  })
})

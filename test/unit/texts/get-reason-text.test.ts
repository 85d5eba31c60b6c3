import { describe, expect, it } from 'vitest'
import { en } from '../../../src/runtime/texts/en'
import { getReasonText } from '../../../src/runtime/texts/getReasonText'
import { kindOf } from '../../../src/runtime/texts/kinds'
import { ru } from '../../../src/runtime/texts/ru'
import { PullError } from '../../../src/runtime/utils/errors'
import type { PullErrorCode } from '../../../src/runtime/utils/errors'

const codes = Object.keys(kindOf) as PullErrorCode[]

describe('getReasonText()', () => {
  it.each(codes)('has a text for people for %s, in English and in Russian', (code) => {
    expect(getReasonText(code)).toMatch(/^[A-Z][^_{}`]+\.$/)
    expect(getReasonText(code, 'ru')).toMatch(/^\p{Script=Cyrillic}[^_{}`]+\.$/u)
  })

  it('takes an error, its code, or nothing', () => {
    const error = new PullError({ code: 'NOT_IN_FRAME', message: 'm', why: 'w', fix: 'f' })
    expect([error, 'NOT_IN_FRAME' as const, null, undefined].map(reason => getReasonText(reason))).toEqual([en.elsewhere, en.elsewhere, '', ''])
  })

  it.each([['ru-RU', ru], ['RU', ru], ['ru_KZ', ru], ['en-GB', en], ['de', en], ['', en]])('speaks %j', (locale, texts) => {
    expect(getReasonText('CONNECTION_LOST', locale)).toBe(texts.away)
  })

  it('lets an app say it in its own words', () => {
    expect(getReasonText('NOT_IN_FRAME', 'ru', { NOT_IN_FRAME: 'Mine.' })).toBe('Mine.')
  })

  it('has a text for a code of another version', () => {
    expect(getReasonText('UNHEARD_OF' as never)).toBe(en.app)
  })
})

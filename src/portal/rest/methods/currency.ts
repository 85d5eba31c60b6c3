import { param } from '../params'
import { asText } from '../../untrusted'
import { isoDate } from '../time'
import type { RestMethod } from '../types'
import { RestError, restPage } from '../types'

const BASE = 'EUR'

const CURRENCIES = [
  { CURRENCY: 'EUR', FULL_NAME: 'Euro', FORMAT_STRING: '&euro;#' },
  { CURRENCY: 'USD', FULL_NAME: 'US Dollar', FORMAT_STRING: '$#' },
]

/** `crm.currency.base.get`, `crm.currency.list`, `crm.currency.get`: the SDK's helper asks for them in its first batch. */
export function currencyMethods(lang: string): [string, RestMethod][] {
  const at = isoDate(Date.now())
  const rows = CURRENCIES.map(({ CURRENCY, FULL_NAME, FORMAT_STRING }, index) => ({
    CURRENCY,
    AMOUNT_CNT: '1',
    AMOUNT: '1.0000',
    SORT: String((index + 1) * 100),
    BASE: CURRENCY === BASE ? 'Y' : 'N',
    FULL_NAME,
    LID: lang,
    FORMAT_STRING,
    DEC_POINT: '.',
    THOUSANDS_SEP: null,
    DECIMALS: '2',
    DATE_UPDATE: at,
  }))
  const formatOf = ({ FULL_NAME, FORMAT_STRING }: typeof rows[number]) => ({
    [lang]: { FORMAT_STRING, FULL_NAME, DEC_POINT: '.', THOUSANDS_SEP: null, DECIMALS: '2', THOUSANDS_VARIANT: 'C', HIDE_ZERO: 'N' },
  })

  return [
    ['crm.currency.base.get', () => BASE],
    ['crm.currency.list', () => restPage(rows, { total: rows.length })],
    ['crm.currency.get', (params) => {
      const row = rows.find(({ CURRENCY }) => CURRENCY === asText(param(params, 'id')))
      if (!row) throw new RestError('', 'Not found')
      return { ...row, LANG: formatOf(row) }
    }],
  ]
}

import type { PullError, PullErrorCode } from '../utils/errors'
import { en } from './en'
import { kindOf } from './kinds'
import type { ReasonKind } from './kinds'
import { ru } from './ru'

const languages = new Map<string, Readonly<Record<ReasonKind, string>>>([['en', en], ['ru', ru]])

/** Texts of your own, by code. */
export type ReasonTexts = Readonly<Partial<Record<PullErrorCode, string>>>

/**
 * A short text for the people who use the app: `message`, `why` and `fix` of an error are for those who make it.
 *
 * @param reason an error or its code; nothing has an empty text
 * @param locale `'en'`, `'ru'`, or a longer name of these such as `'ru-RU'`; of another language the English texts
 * @param texts texts of your own by code, which go before those of the module
 *
 * @example
 * ```ts
 * const { reason } = usePull()
 * const text = computed(() => getReasonText(reason.value, 'ru', { NOT_IN_FRAME: 'Откройте «Склад» в Битрикс24.' }))
 * ```
 */
export function getReasonText(reason: PullError | PullErrorCode | null | undefined, locale = 'en', texts: ReasonTexts = {}): string {
  if (!reason) return ''
  const code = typeof reason === 'string' ? reason : reason.code
  const language = languages.get(String(locale).toLowerCase().split(/[-_]/)[0]!) ?? en
  return texts[code] ?? language[kindOf[code] ?? 'app']
}

import type { ReasonKind } from './kinds'

export const en: Readonly<Record<ReasonKind, string>> = {
  'away': 'The connection to Bitrix24 is interrupted. It comes back by itself; until then, what you see may be out of date.',
  'blocked': 'Something in your browser or network keeps this app from Bitrix24. Please ask your administrator.',
  'elsewhere': 'This app works inside Bitrix24. Please open it there.',
  'reload': 'Please reload the page.',
  'admin': 'This app is not fully set up in your Bitrix24. Please tell your administrator.',
  'rights': 'You do not have the rights for this. Please ask your administrator.',
  'busy': 'Bitrix24 has too much to do at the moment. Please try again in a minute.',
  'failed': 'Bitrix24 did not answer. Please try again.',
  'unknown-presence': 'Who is online cannot be told at the moment.',
  'stale': 'What you see may be out of date. Please reload the page.',
  'app': 'Something in this app went wrong. Please tell those who look after it.',
}

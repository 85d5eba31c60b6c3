import { isRecord } from '../../../utils/is-record'
import { PullError } from '../../../utils/errors'
import type { PullErrorCode } from '../../../utils/errors'

/** Longer than any sentence of ours. */
const MAX_LENGTH = 2_000

/** An error as it crosses the channel: an instance would lose its class, and a cause may hold what must not leave the page. */
export interface PlainReason {
  code: string
  message: string
  why: string
  fix: string
}

export const toPlainReason = (error: PullError | null): PlainReason | null =>
  error && { code: error.code, message: error.message, why: error.why, fix: error.fix }

/** The error again; `null` where there was none, `undefined` for what is none. */
export function readReason(data: unknown): PullError | null | undefined {
  if (data === null) return null
  if (!isRecord(data)) return undefined
  const { code, message, why, fix } = data
  if (typeof code !== 'string' || !/^[A-Z_]{1,64}$/.test(code) || !isSentence(message) || !isSentence(why) || !isSentence(fix)) return undefined
  return new PullError({ code: code as PullErrorCode, message, why, fix })
}

const isSentence = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_LENGTH

import { argumentError } from '../../utils/argument-error'
import type { PullError } from '../../utils/errors'
import type { PullDeliveryOptions, PullSenderOptions } from './types'

/** With every default. */
export const deliveryDefaults = { concurrency: 100, retryFor: 600_000 } as const

export const senderDefaults = { ...deliveryDefaults, coalesce: 100, limit: 10_000, overflow: 'reject' } as const

/** @throws PullError `ARGUMENT_ERROR` that names the option, what it was and what it may be */
export function checkDeliveryOptions(options: PullDeliveryOptions): void {
  if (typeof options.connect !== 'function') throw optionError('connect', options.connect, 'a function (memberId) => B24OAuth, or null where the app has no access')
  checkNumber('concurrency', options.concurrency, 1, 'a whole number, 1 or more')
  checkNumber('retryFor', options.retryFor, 0, 'a number of ms, 0 or more')
}

/** @throws PullError `ARGUMENT_ERROR` */
export function checkSenderOptions(options: PullSenderOptions): void {
  checkDeliveryOptions(options)
  checkNumber('coalesce', options.coalesce, 0, 'a number of ms, 0 or more')
  checkNumber('limit', options.limit, 1, 'a whole number, 1 or more')
  const { overflow } = options
  if (overflow !== undefined && overflow !== 'reject' && overflow !== 'drop-oldest') throw optionError('overflow', overflow, '\'reject\' or \'drop-oldest\'')
}

function checkNumber(name: string, value: number | undefined, min: number, may: string): void {
  if (value === undefined) return
  const isRight = typeof value === 'number' && value >= min && Number.isFinite(value) && (min === 0 || Number.isInteger(value))
  if (!isRight) throw optionError(name, value, may)
}

export const optionError = (name: string, was: unknown, may: string): PullError => argumentError(`The option \`${name}\``, was, may)

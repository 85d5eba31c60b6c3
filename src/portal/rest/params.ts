import type { RestParams } from './types'

/** A parameter by name; the platform's own methods do not mind its case. */
export function param(params: RestParams, name: string): unknown {
  const wanted = name.toLowerCase()
  return Object.entries(params).find(([key]) => key.toLowerCase() === wanted)?.[1]
}

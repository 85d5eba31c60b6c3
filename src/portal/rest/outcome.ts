import type { TimeBlock } from './time'

/** How a call ended. */
export type Outcome
  = | { ok: true, result: unknown, total?: number, next?: number, time: TimeBlock }
    | { ok: false, status: number, error: string, description: string }

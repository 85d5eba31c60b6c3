import type { ConnectionRecord } from './types'

/** A step of the connection in a line. */
export function stepText({ kind, status, role, reason, attempt, nextRetryAt, at, gap }: Pick<ConnectionRecord, 'kind' | 'status' | 'role' | 'reason' | 'attempt' | 'nextRetryAt' | 'at' | 'gap'>): string {
  if (kind === 'gap') return `gap: ${gap?.cause}`
  if (kind === 'role') return `role: ${role ?? 'none'}`
  const retry = nextRetryAt === null ? '' : `, retry ${attempt || 1} in ${Math.max(0, Math.round((nextRetryAt - at) / 100) / 10)} s`
  return `${status}${reason ? ` – ${reason.code}` : ''}${retry}`
}

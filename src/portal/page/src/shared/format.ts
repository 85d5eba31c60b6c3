import type { PortalUser } from '../../../types'

/** `12:04:09.120`: milliseconds matter, much goes by within one second. */
export function formatTime(ms: number): string {
  const date = new Date(ms)
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** `12 s`, `3 min`, `2 h` */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`
}

export function fullName(user: PortalUser | undefined): string {
  return user ? `${user.name} ${user.lastName}`.trim() : 'Unknown'
}

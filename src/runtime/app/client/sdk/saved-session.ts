import type { TypePullClientParams } from '@bitrix24/b24jssdk'

/** ms for which the SDK keeps a session in the browser's storage. */
const SESSION_LIFE = 20_000

/**
 * When a session that the SDK saved at a reload can no longer be gone on with: the time it was saved at, in ms since epoch.
 * `null` where there is none, or where the SDK takes it over.
 */
export function lapsedSession({ userId, restApplication }: TypePullClientParams, now: number): number | null {
  try {
    const { ttl } = JSON.parse(localStorage.getItem(`@bitrix24/b24jssdk-pull-${userId}-${restApplication}-bx-pull-session`) ?? '{}') as { ttl?: unknown }
    return typeof ttl === 'number' && ttl < now ? ttl - SESSION_LIFE : null
  }
  catch {
    return null
  }
}

/** Only a reloaded page may take over the place of a session in the browser's storage: another frame has its own. */
export function wasReloaded(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return navigation?.type === 'reload'
}

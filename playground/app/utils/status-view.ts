import type { BadgeProps } from '@bitrix24/b24ui-nuxt'
import type { PullStatus } from 'nuxt-b24-pull'

interface StatusView {
  color: BadgeProps['color']
  /** What the status means to somebody in front of the page. */
  meaning: string
}

export const statusView: Readonly<Record<PullStatus, StatusView>> = {
  idle: { color: 'air-tertiary', meaning: 'Not started yet.' },
  connecting: { color: 'air-primary-warning', meaning: 'On the way to the push server.' },
  connected: { color: 'air-primary-success', meaning: 'Messages arrive as they are sent.' },
  reconnecting: { color: 'air-primary-warning', meaning: 'The connection was lost and is coming back by itself.' },
  suspended: { color: 'air-primary-warning', meaning: 'Away for more than two minutes: treat what you see as stale.' },
  failed: { color: 'air-primary-alert', meaning: 'Will not try again by itself.' },
  closed: { color: 'air-tertiary', meaning: 'Stopped. Nothing arrives until it is started again.' },
}

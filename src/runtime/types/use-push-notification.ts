import type { Ref, ShallowRef } from 'vue'
import type { PullError } from '../utils/errors'

/** A push notification for the mobile app. */
export interface PushNotification {
  /** Receivers, by user id. */
  userId: number | readonly number[]
  /** What it says. */
  text: string
  /** Address of a picture. */
  avatar?: string
}

/** What `usePushNotification()` returns. */
export interface UsePushNotificationReturn {
  /**
   * Sends a push notification to the mobile app of the users. It throws nothing and has nothing to wait for: a failure is in
   * `error`, in the console and in the hook `b24-pull:error`.
   */
  notify: (notification: PushNotification) => void
  /**
   * The same for who has to know: resolves once the portal has taken the notification.
   *
   * @throws PullError also kept in `error`
   */
  notifyAsync: (notification: PushNotification) => Promise<void>
  /** Whether a call is under way. */
  readonly isSending: Readonly<Ref<boolean>>
  /** The last error; `null` after a success. */
  readonly error: Readonly<ShallowRef<PullError | null>>
}

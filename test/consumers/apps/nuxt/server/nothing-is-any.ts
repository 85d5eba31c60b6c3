import type { AnyMembers } from '../types/any'
import type { Nothing, Same, Yes } from '../types/measure'

export type OfServer = [
  Nothing<AnyMembers<{ event: typeof sendPullEvent, notification: typeof sendPushNotification }>>,
  Yes<Same<ReturnType<typeof sendPullEvent>, Promise<void>>>,
]

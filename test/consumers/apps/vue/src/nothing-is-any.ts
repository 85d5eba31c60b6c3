import { createB24Pull, usePullCommand, usePullSend } from 'nuxt-b24-pull/vue'
import type {
  B24PullOptions, Pull, PullError, PullListeners, PullMessage, ReasonTexts, getReasonText, usePull, usePullOnline, usePullRefresh, usePullState, usePullStore, usePullWatch, usePushNotification, useUserOnline,
} from 'nuxt-b24-pull/vue'
import type { ComponentCustomProperties } from 'vue'
import type { AnyMembers } from '../types/any'
import { exactly } from '../types/measure'
import type { Nothing, Same, Yes } from '../types/measure'

export type * from '../types/in-node'
export type * from '../types/public'

export type OfEntry = [
  Nothing<AnyMembers<B24PullOptions>>,
  Nothing<AnyMembers<PullListeners>>,
  Nothing<AnyMembers<{ create: typeof createB24Pull, error: PullError, property: ComponentCustomProperties['$b24Pull'] }>>,
  Nothing<AnyMembers<ReturnType<typeof usePull>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullCommand>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullOnline>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullRefresh>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullSend>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullState<number[], 'ping'>>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullWatch>>>,
  Nothing<AnyMembers<{ text: ReturnType<typeof getReasonText>, texts: ReasonTexts }>>,
  Nothing<AnyMembers<ReturnType<typeof usePushNotification>>>,
  Nothing<AnyMembers<ReturnType<typeof useUserOnline>>>,
  Nothing<AnyMembers<Pick<ReturnType<typeof usePullStore>, 'status' | 'reason' | 'messages' | 'counts' | 'lastMessageAt' | 'latest' | 'clear'>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullStore>['$state']>>,
  Yes<Same<ReturnType<typeof usePullStore>['messages'], readonly PullMessage[]>>,
  Yes<Same<ComponentCustomProperties['$b24Pull'], Pull>>,
]

/** Compiled, never run. */
export function inApp() {
  const { data } = usePullCommand('application', 'ping')
  const { send } = usePullSend()
  // @ts-expect-error who it is from is a text
  const _number: number | undefined = data.value?.from
  // @ts-expect-error params lack `from`
  send('ping', {})
  createB24Pull({ onMessage: message => exactly<PullMessage>()(message) })
  // @ts-expect-error a history is a number
  createB24Pull({ history: 'long' })
}

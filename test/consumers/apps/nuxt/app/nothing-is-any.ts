import type { Pull, PullError, PullGap, PullMessage, PullStatusChange } from 'nuxt-b24-pull'
import type { AnyMembers } from '../types/any'
import { exactly } from '../types/measure'
import type { Nothing, Same, Yes } from '../types/measure'

export type * from '../types/public'

export type OfComposables = [
  Nothing<AnyMembers<ReturnType<typeof usePull>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullCommand>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullOnline>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullRefresh>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullSend>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullWatch>>>,
  Nothing<AnyMembers<ReturnType<typeof usePushNotification>>>,
  Nothing<AnyMembers<ReturnType<typeof useUserOnline>>>,
  Nothing<AnyMembers<Pick<ReturnType<typeof usePullStore>, 'status' | 'reason' | 'messages' | 'counts' | 'lastMessageAt' | 'latest' | 'clear'>>>,
  Nothing<AnyMembers<ReturnType<typeof usePullStore>['$state']>>,
  Yes<Same<ReturnType<typeof usePullStore>['messages'], readonly PullMessage[]>>,
]

/** Compiled, never run. */
export function inApp() {
  const nuxtApp = useNuxtApp()
  const { data } = usePullCommand('application', 'ping', ({ from }, message) => {
    exactly<string>()(from)
    exactly<string>()(message.module)
  })
  const { send } = usePullSend()
  // @ts-expect-error who it is from is a text
  const _number: number | undefined = data.value?.from
  // @ts-expect-error params lack `from`
  send('ping', {})
  // @ts-expect-error there is no such option
  usePullCommand('application', 'ping', undefined, { replayed: true })

  nuxtApp.hook('b24-pull:message', message => exactly<PullMessage>()(message))
  nuxtApp.hook('b24-pull:status', change => exactly<PullStatusChange>()(change))
  nuxtApp.hook('b24-pull:gap', gap => exactly<PullGap>()(gap))
  nuxtApp.hook('b24-pull:error', (error, message) => {
    exactly<PullError>()(error)
    exactly<PullMessage | undefined>()(message)
  })
  // @ts-expect-error there is no such hook
  nuxtApp.hook('b24-pull:messages', () => {})

  exactly<Pull>()(nuxtApp.$b24Pull)
}

import { shallowRef } from 'vue'
import type { PullHandler, PullParams, UsePullOnlineReturn } from '../../types'
import type { PullError } from '../../utils/errors'
import { argumentError } from '../../utils/argument-error'
import { listenProbed } from '../hub/listen-probed'
import type { Subscription } from '../hub/subscription'
import { injectPull } from '../pull-context'
import { bindToScope } from '../services/bind-to-scope'

/**
 * Hears the platform's presence events as they come, for as long as the component (or other effect scope) lives.
 *
 * They are worth nothing later, so those older than 240 s are left aside, as the platform does, and the store keeps none.
 * Presence has not been verified on a live portal.
 *
 * @param handler called with params and message; `message.command` says which event, for example `userStatusChange`
 * with the params `{ user_id, online }`
 * @throws PullError `NO_CONTEXT`, in development `ARGUMENT_ERROR`
 *
 * @example
 * ```ts
 * usePullOnline((params, { command }) => {
 *   if (command === 'userStatusChange') console.info(params.user_id, params.online)
 * })
 * ```
 */
export function usePullOnline(handler: PullHandler<PullParams>): UsePullOnlineReturn {
  if (process.env.NODE_ENV !== 'production' && typeof handler !== 'function') throw argumentError('The handler of usePullOnline()', handler, 'a function')
  const context = injectPull('usePullOnline')
  const error = shallowRef<PullError | null>(null)
  if (!context) return { error, stop: () => {} }

  const wanted: Subscription = {
    type: 'online',
    module: '*',
    commands: '*',
    listener: message => handler(message.params, message),
    onError: problem => error.value = problem,
  }
  const listening = process.env.NODE_ENV !== 'production' && context.probe ? listenProbed(context.probe, 'usePullOnline', wanted, context.listen) : context.listen(wanted)
  const stop = () => listening.leave()
  bindToScope(context, 'usePullOnline', stop)
  return { error, stop }
}

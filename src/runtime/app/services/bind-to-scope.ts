import { getCurrentInstance, getCurrentScope, onScopeDispose } from 'vue'
import type { EffectScope } from 'vue'
import type { PullContext, PullService } from '../pull-context'
import { createHotStores } from './hot-stores'

/** From this many on, subscriptions of one place that live as long as the app are taken for a leak. */
const SUSPICIOUS = 10

/**
 * Ends a subscription with the scope in which it was made: a component, a store, an `effectScope()`.
 *
 * In development it warns once where there is no scope, and where one call site subscribes again and again
 * for the app's whole life (from a middleware, say). A store that is edited under HMR has its old subscriptions ended.
 */
export function bindToScope(context: PullContext, caller: string, stop: () => void): void {
  const scope = getCurrentScope()
  if (scope) onScopeDispose(stop)
  if (process.env.NODE_ENV !== 'production') care(context, caller, scope, stop)
}

function care(context: PullContext, caller: string, scope: EffectScope | undefined, stop: () => void): void {
  if (scope) context.service(createHotStores).endWithUpdate(scope, stop)
  const isForAppLife = !scope || (scope === context.appScope && !getCurrentInstance())
  if (isForAppLife) watchSite(context, caller, !!scope)
}

/** How often each call site subscribed for the app's whole life. */
interface CallSites extends PullService {
  times: Map<string, number>
}

function createCallSites(): CallSites {
  const times = new Map<string, number>()
  return { times, dispose: () => times.clear() }
}

function watchSite({ service, logger }: PullContext, caller: string, hasScope: boolean): void {
  const sites = service(createCallSites).times
  const site = new Error(caller).stack ?? caller
  const times = (sites.get(site) ?? 0) + 1
  sites.set(site, times)
  if (!hasScope && times === 1) {
    logger.warn(`${caller}() was called outside a component, a store or an effectScope(): it goes on until you call its stop().`)
  }
  else if (times === SUSPICIOUS) {
    logger.warn(`${caller}() was called ${times} times from one place for the app's whole life. Subscribe once in a plugin, or call stop().`, site)
  }
}

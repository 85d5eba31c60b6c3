import type { AppContext } from 'vue'
import { PullError } from '../../utils/errors'
import { createLogger } from '../../utils/logger'

/** In the `provides` of an app: it has been said there. */
const TOLD = Symbol('nuxt-b24-pull: said that there is no pull')

/** In the browser, and the app at hand is none that has a pull. */
export const noPull = (caller: string): PullError => new PullError({
  code: 'NO_PULL',
  message: `${caller}() was called in an app that has no pull.`,
  why: 'What is mounted by a createApp() or render() of its own, or as a custom element, is another app than yours and knows nothing of its pull. Without Nuxt, app.use(createB24Pull()) may be missing or come after mount().',
  fix: `Call it as your own app: in Nuxt useNuxtApp().vueApp.runWithContext(() => ${caller}(…)), else app.runWithContext(…). A vnode for render() takes \`appContext\`. In a unit test, use createTestingPull().`,
})

/** Says that nothing will be heard: once for each app; each time where no component tells which app it is. */
export function warnOfNoPull(caller: string, app: AppContext | undefined): void {
  if (app?.provides[TOLD]) return
  if (app) app.provides[TOLD] = true
  const { message, why, fix } = noPull(caller)
  createLogger('warn').warn(`${message} It hears nothing. ${why} ${fix}`)
}

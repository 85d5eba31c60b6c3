import type { Nuxt } from '@nuxt/schema'

/** A tab of Nuxt DevTools that leads elsewhere, as they take it. */
interface LaunchTab {
  name: string
  title: string
  icon: string
  category: 'modules'
  view: { type: 'launch', title: string, description: string, actions: { label: string, src: string }[] }
}

/** What is offered, whichever DevTools show it. */
function toTab(portalUrl: string | null): LaunchTab {
  return {
    name: 'b24-pull',
    title: 'Bitrix24 Pull',
    // A class that DevTools have with them: other icons they load from the internet.
    icon: 'i-carbon-network-4',
    category: 'modules',
    view: {
      type: 'launch',
      title: 'Bitrix24 Pull',
      description: portalUrl
        ? 'The dev portal shows what the app hears and sends, who heard it, and why not.'
        : 'With `b24Pull: { portal: true }` in nuxt.config there is a dev portal beside `nuxt dev`, which shows what the app hears and sends. explainPull(module, command) in the console says why a command is not heard.',
      actions: portalUrl
        ? [{ label: 'What the app hears', src: `${portalUrl}?tab=app` }, { label: 'Log', src: `${portalUrl}?tab=log` }, { label: 'Send an event', src: portalUrl }]
        : [],
    },
  }
}

/**
 * A tab of Nuxt DevTools that leads to the portal's tools. The portal's page is in no frame, hence in a window of its own.
 *
 * By the hook that DevTools 3 calls, which is all that `addCustomTab()` of their kit does; docks of DevTools 4 are one more place to hand
 * the tab to.
 */
export function setupDevTools(portalUrl: string | null, nuxt: Nuxt): void {
  if (!nuxt.options.dev) return
  const hook = nuxt.hook as (name: string, run: (tabs: LaunchTab[]) => void) => void
  hook('devtools:customTabs', tabs => void tabs.push(toTab(portalUrl)))
}

import type { App } from 'vue'
import type { Pull } from '../../types'
import { isBrowser } from '../../utils/env'
import type { Probe } from '../hub/probe'
import { createInspector } from './create-inspector'
import { explain } from './explain'
import { addToPage, pageInspectors } from './page-inspectors'
import { tellPortalPage } from './portal-page'
import { showInVueDevTools } from './vue-devtools'

declare global {
  interface Window {
    /** Development builds only: says why a command is not heard. */
    explainPull?: (module: string, command: string) => string
  }
}

/** Development builds only: an inspector for an app that is being put together, which the page's `explainPull()` and the panels find; `app` for those of Vue DevTools. */
export function inspectPull(app?: App): Probe {
  const inspector = createInspector()
  const others = () => pageInspectors().filter(other => other !== inspector)
  const { attach } = inspector

  inspector.attach = (pull, connection) => {
    const off = attach(pull, connection)
    const remove = addToPage(inspector)
    const endTelling = isBrowser ? tellPortalPage(inspector, others) : () => {}
    Object.assign(pull, { explain: (module: string, command: string) => explain({ inspector, others: others(), module, command }) } satisfies Pick<Pull, 'explain'>)
    if (isBrowser) window.explainPull ??= explainOnPage
    // Without them the app is none the worse.
    if (isBrowser && app) showInVueDevTools(app, inspector).catch(() => {})
    return () => {
      off()
      remove()
      endTelling()
    }
  }
  return inspector
}

/** Of several apps on one page, each answers for itself. */
function explainOnPage(module: string, command: string): string {
  const apps = pageInspectors()
  const answers = apps.map((inspector, i) => ({ i, inspector, text: explain({ inspector, others: apps.filter(other => other !== inspector), module, command }) }))
  if (!answers.length) return 'No app on this page has a pull.'
  if (answers.length === 1) return answers[0]!.text
  return answers.map(({ i, text }) => `App ${i + 1} of ${apps.length}: ${text}`).join('\n')
}

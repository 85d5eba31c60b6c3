import type { CreatedInspector } from './create-inspector'

/** On the window, because two apps on one page may have two copies of this module. */
const KEY = Symbol.for('nuxt-b24-pull.inspectors')

type Holder = { [KEY]?: CreatedInspector[] }

/** The inspectors of all apps on the page, in the order in which the apps were made. */
export function pageInspectors(): CreatedInspector[] {
  return (globalThis as Holder)[KEY] ??= []
}

/** @returns takes it out again */
export function addToPage(inspector: CreatedInspector): () => void {
  const all = pageInspectors()
  all.push(inspector)
  return () => {
    const i = all.indexOf(inspector)
    if (i >= 0) all.splice(i, 1)
  }
}

import { parseStack } from 'error-stack-parser-es/lite'
import type { ComponentInternalInstance } from 'vue'
import type { Place } from './types'

/** Names of this module's own functions on the way to whoever calls. */
const OWN = /^(?:new )?(?:[\w$.]+\.)?(?:placeOf|placeHere|listener|shows|showUse|listenProbed|CommandListener|createSending|use(?:Pull(?:Command|Online|Refresh|Send|State|Watch)|PushNotification|UserOnline)|on)(?:\$\d+)?$/

/** What the app itself calls, beginning with the innermost. */
const CALLERS = /^(?:[\w$.]+\.)?(usePullCommand|usePullOnline|usePullState)(?:\$\d+)?$/

/** Where the browser is in the code that it runs, which may have been compiled from another. */
export interface CodeSite {
  url: string
  line: number
  /** Counted from 1. */
  column: number
}

export interface CodePlace extends Place {
  /** What the app calls, where that is not what calls this. */
  caller: string | null
  site: CodeSite | null
}

/** Who calls: the component, and where in the code. */
export function placeOf(instance: ComponentInternalInstance | null): CodePlace {
  const type = instance?.type as { name?: string, __name?: string, __file?: string } | undefined
  const { site, caller } = callSite(new Error('place').stack ?? '')
  const file = type?.__file ?? (site ? fileOf(site.url) : null)
  return {
    component: type?.__name ?? type?.name ?? (type?.__file ? baseName(type.__file) : type ? 'Anonymous' : null),
    file,
    line: site && !isCompiled(site.url) && isSameFile(site.url, file) ? site.line : null,
    site,
    caller,
  }
}

/** The first frame that is none of this module's own. */
export function callSite(stack: string): { site: CodeSite | null, caller: string | null } {
  let caller: string | null = null
  for (const { function: called = '', file, line, col } of parseStack(stack)) {
    if (file === undefined || line === undefined) continue
    const name = called.replace('async ', '')
    if (!OWN.test(name)) return { site: { url: file, line, column: col ?? 1 }, caller }
    caller = CALLERS.exec(name)?.[1] ?? caller
  }
  return { site: null, caller }
}

/** The same place, by the source that its code was compiled from; a composable of the app listens in a file of its own. */
export function placeInSource(place: CodePlace, { url, line }: Pick<CodeSite, 'url' | 'line'>): CodePlace {
  const file = fileOf(url)
  return { ...place, file: isSameFile(url, place.file) ? place.file : file, line }
}

/** A development server gives other lines than those of the file, and says which by a source map. */
const isCompiled = (url: string): boolean => /^https?:/.test(url) && !/\.m?js(?:\?|$)/.test(url)

/** The path of a module's address, as a development server has it. */
function fileOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '').replace(/^file:\/\//, '').replace(/\?.*$/, '').replace(/^\/_nuxt/, '').replace(/^\/@fs/, '')
}

const baseName = (file: string): string => file.split('/').at(-1)!.replace(/\.\w+$/, '')

const isSameFile = (url: string, file: string | null): boolean => fileOf(url).split('/').at(-1) === file?.split('/').at(-1)

import type { ComponentInternalInstance } from 'vue'
import type { Place } from './types'

/** Names of this module's own functions on the way to whoever listens. */
const OWN = /^(?:new )?(?:[\w$.]+\.)?(?:placeOf|listener|listenProbed|CommandListener|usePullCommand|usePullOnline|usePullState|on)(?:\$\d+)?$/

/** What the app itself calls, beginning with the innermost. */
const CALLERS = /^(?:[\w$.]+\.)?(usePullCommand|usePullOnline|usePullState)(?:\$\d+)?$/

/** The place at the end of a line of a stack, and what stands before it: name and address. */
const PLACE = /:(\d+):(\d+)\)?$/

interface Frame {
  name: string
  url: string
  line: number
  column: number
}

/** Where in the code something is called, as the browser has it: of a component that is compiled, a line of what it was compiled to. */
export interface CodePlace extends Place {
  /** What the app calls, where that is not what calls this. */
  caller: string | null
  url: string | null
  column: number | null
}

/** Who calls: the component, and where in the code. */
export function placeOf(instance: ComponentInternalInstance | null): CodePlace {
  const type = instance?.type as { name?: string, __name?: string, __file?: string } | undefined
  const { frame, caller } = callSite(new Error('place').stack ?? '')
  const file = type?.__file ?? (frame ? toFile(frame.url) : null)
  return {
    component: type?.__name ?? type?.name ?? (type?.__file ? baseName(type.__file) : type ? 'Anonymous' : null),
    file,
    line: frame && (!file || isSameFile(frame.url, file)) ? frame.line : null,
    column: frame?.column ?? null,
    url: frame?.url ?? null,
    caller,
  }
}

/** The first frame that is none of this module's own. */
export function callSite(stack: string): { frame: Frame | null, caller: string | null } {
  let caller: string | null = null
  for (const frame of stack.split('\n').map(toFrame)) {
    if (!frame) continue
    if (!OWN.test(frame.name)) return { frame, caller }
    caller = CALLERS.exec(frame.name)?.[1] ?? caller
  }
  return { frame: null, caller }
}

function toFrame(text: string): Frame | null {
  const found = PLACE.exec(text)
  if (!found) return null
  const before = text.slice(0, found.index).trim()
  // Chromium: "at name (address", or "at address". Firefox and Safari: "name@address".
  const isChromium = before.startsWith('at ')
  const cut = isChromium ? before.lastIndexOf(' (') : before.indexOf('@')
  const name = isChromium ? (cut < 0 ? '' : before.slice(3, cut).replace('async ', '')) : before.slice(0, Math.max(0, cut))
  const url = isChromium ? (cut < 0 ? before.slice(3) : before.slice(cut + 2)) : before.slice(cut + 1)
  return { name, url, line: Number(found[1]), column: Number(found[2]) }
}

/** The path of a module's address, as a development server has it. */
function toFile(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '').replace(/^file:\/\//, '').replace(/\?.*$/, '').replace(/^\/_nuxt/, '').replace(/^\/@fs/, '')
}

const baseName = (file: string): string => file.split('/').at(-1)!.replace(/\.\w+$/, '')

/** A composable of the app listens in a file of its own. */
const isSameFile = (url: string, file: string): boolean => toFile(url).split('/').at(-1) === file.split('/').at(-1)

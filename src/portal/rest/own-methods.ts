import type { RestHandler } from './types'

/** REST methods of the user's own: they may be others at any time, where they come from a file. */
export interface OwnMethods {
  /** By lower-case name. */
  current: () => ReadonlyMap<string, RestHandler>
  replace: (methods: Record<string, RestHandler>) => void
}

/** Begins with these. */
export function createOwnMethods(methods: Record<string, RestHandler>): OwnMethods {
  let own = byLowerName(methods)
  return {
    current: () => own,
    replace(methods) {
      own = byLowerName(methods)
    },
  }
}

function byLowerName(methods: Record<string, RestHandler>): Map<string, RestHandler> {
  return new Map(Object.entries(methods).map(([name, handler]) => [name.toLowerCase(), handler]))
}

/** `app.option.*` and `user.option.*`, kept for the life of the portal. */
export interface OptionStore {
  /** All options of the app, or of one user. */
  all: (owner: 'app' | number) => Record<string, unknown>
  get: (owner: 'app' | number, name: string) => unknown
  set: (owner: 'app' | number, values: Record<string, unknown>) => void
  /** Whether the app has never yet run for this person. */
  isFirstRun: (userId: number) => boolean
  setFirstRun: (userId: number, isFirst: boolean) => void
}

/** @param initial options of the app at the start */
export function createOptionStore(initial: Record<string, unknown>): OptionStore {
  const owners = new Map<'app' | number, Map<string, unknown>>([['app', new Map(Object.entries(initial))]])
  const ran = new Set<number>()
  const of = (owner: 'app' | number) => owners.get(owner) ?? new Map<string, unknown>()

  return {
    all: owner => Object.fromEntries(of(owner)),
    get: (owner, name) => of(owner).get(name),
    set(owner, values) {
      const own = of(owner)
      for (const [name, value] of Object.entries(values)) own.set(name, value)
      owners.set(owner, own)
    },
    isFirstRun: userId => !ran.has(userId),
    setFirstRun(userId, isFirst) {
      if (isFirst) ran.delete(userId)
      else ran.add(userId)
    },
  }
}

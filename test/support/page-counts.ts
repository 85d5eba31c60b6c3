import { onTestFinished } from 'vitest'

/** Counts the listeners that are added to window and document from now on and not removed again, until the test is over. */
export function countPageListeners(): () => number {
  const live = new Map<EventTarget, Map<string, Set<unknown>>>()
  for (const target of [window, document]) {
    const { addEventListener, removeEventListener } = target
    const types = new Map<string, Set<unknown>>()
    live.set(target, types)
    target.addEventListener = (type: string, listener: never, ...rest: never[]) => {
      if (!types.has(type)) types.set(type, new Set())
      types.get(type)!.add(listener)
      Reflect.apply(addEventListener, target, [type, listener, ...rest])
    }
    target.removeEventListener = (type: string, listener: never, ...rest: never[]) => {
      types.get(type)?.delete(listener)
      Reflect.apply(removeEventListener, target, [type, listener, ...rest])
    }
    onTestFinished(() => void Object.assign(target, { addEventListener, removeEventListener }))
  }
  return () => [...live.values()].flatMap(types => [...types.values()]).reduce((sum, listeners) => sum + listeners.size, 0)
}

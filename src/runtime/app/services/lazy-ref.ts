import { shallowRef } from 'vue'
import type { Ref } from 'vue'

/**
 * A ref of one of an object's values. It begins to track when it is first read or written from outside; until then the value costs
 * what a property does. Most callers of a composable take but some of what it returns, and each ref of Vue's has its price: with plain
 * ones in its place, a message took 14 times as long to a thousand `usePullCommand()` of its command, each of which kept 1.8 kB and not 1.1.
 */
export class LazyRef<State extends Watchable, Key extends keyof State> {
  private made: Ref<State[Key]> | undefined = undefined

  constructor(private readonly state: State, private readonly key: Key) {}

  get value(): State[Key] {
    return this.real.value
  }

  set value(next: State[Key]) {
    this.state[this.key] = next
    this.real.value = next
  }

  /** The state has changed. */
  follow(): void {
    if (this.made) this.made.value = this.state[this.key]
  }

  private get real(): Ref<State[Key]> {
    this.state.isWatched = true
    return this.made ??= shallowRef(this.state[this.key])
  }

  /** By which Vue, and what is made for it, knows a ref. */
  get __v_isRef(): true {
    return true
  }

  /** For what is no plain number or flag. Of an edited store Pinia keeps the values of refs, and not of shallow ones. */
  get __v_isShallow(): boolean {
    const kind = typeof this.state[this.key]
    return kind !== 'number' && kind !== 'boolean'
  }
}

/** What refs are made of. */
export interface Watchable {
  /** Whether somebody reads it by a ref, which wants to follow then. */
  isWatched: boolean
}

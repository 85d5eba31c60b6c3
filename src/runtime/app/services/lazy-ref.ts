import { ref, shallowRef } from 'vue'
import type { Ref } from 'vue'

/**
 * A value with a ref that is made when it is first asked for, and holds the value from then on. Most callers of a composable take
 * but some of what it returns, and each ref has its price: measured, the five of a subscription take 34 ns and 256 bytes in place of 80 ns
 * and 704, and a message 15 ns in place of 47, which is what calling a listener costs: the claims of bench/README.md need it.
 */
export class LazyRef<T> {
  private made: Ref<T> | undefined

  constructor(private initial: T) {}

  get value(): T {
    return this.made ? this.made.value : this.initial
  }

  set value(next: T) {
    if (this.made) this.made.value = next
    else this.initial = next
  }

  /** Shallow for what is no plain number or flag. Of an edited store Pinia keeps the values of refs, and not of shallow ones. */
  get ref(): Ref<T> {
    const create = typeof this.initial === 'number' || typeof this.initial === 'boolean' ? ref : shallowRef
    return this.made ??= create(this.initial) as Ref<T>
  }
}

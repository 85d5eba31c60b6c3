import type { PullMessage, UsePullCommandReturn } from '../../types'
import type { PullError } from '../../utils/errors'
import type { Shown } from '../hub/subscription'
import { LazyRef } from './lazy-ref'
import type { Watchable } from './lazy-ref'

/**
 * What one subscription has heard. A storm writes it for each listener of each message: it is one object of plain properties, whose
 * refs wake when somebody uses them.
 */
export abstract class HeardState<Params> implements Watchable, Shown {
  message: PullMessage<Params> | undefined = undefined
  count = 0
  isWatched = false
  error: PullError | null = null
  private readonly lazy = {
    data: new LazyRef(this as HeardState<Params>, 'data'),
    message: new LazyRef(this as HeardState<Params>, 'message'),
    count: new LazyRef(this as HeardState<Params>, 'count'),
    error: new LazyRef(this as HeardState<Params>, 'error'),
    isActive: new LazyRef(this as HeardState<Params>, 'isActive'),
    pause: () => this.pause(),
    resume: () => this.resume(),
    stop: () => this.stop(),
  }

  constructor(public isActive: boolean) {}

  get data(): Params | undefined {
    return this.message?.params
  }

  /** Whoever writes to the ref, as Pinia does with what a store has kept, changes that ref alone, until the next message. */
  set data(_written) {}

  /** As the app gets it. */
  get exposed(): UsePullCommandReturn<Params> {
    return this.lazy as unknown as UsePullCommandReturn<Params>
  }

  show(last: PullMessage, more: number): void {
    this.message = last as PullMessage<Params>
    this.count += more
    if (!this.isWatched) return
    this.lazy.data.follow()
    this.lazy.message.follow()
    this.lazy.count.follow()
  }

  setError(problem: PullError): void {
    this.error = problem
    this.lazy.error.follow()
  }

  protected abstract pause(): void
  protected abstract resume(): void
  abstract stop(): void

  protected setActive(isActive: boolean): void {
    this.isActive = isActive
    this.lazy.isActive.follow()
  }
}

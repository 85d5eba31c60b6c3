import { ref, shallowRef } from 'vue'
import type { Ref } from 'vue'
import type { PullMessage, UsePullCommandReturn } from '../../types'
import type { PullError } from '../../utils/errors'
import type { Shown, Tally } from '../hub/subscription'
import { exposing } from './exposing'
import type { Exposer } from './exposing'

/** What the app gets, name by name. */
type Exposed<Params> = UsePullCommandReturn<Params>
type Action = 'pause' | 'resume' | 'stop'

const expose = exposing(['data', 'message', 'count', 'error', 'isActive', 'pause', 'resume', 'stop'] satisfies (keyof Exposed<unknown>)[])

/**
 * What one subscription has heard: plain values, of which a ref is made when somebody takes one. Until then nobody has to tell it of messages:
 * it looks at the tally of all who hear the same. A thousand `usePullCommand()` of one command take 0.9 × what mitt does then, and 2.4 × where
 * each is told.
 */
export abstract class HeardState<Params> implements Shown, Exposer<keyof Exposed<unknown>> {
  tally: Tally | null = null
  taken: Exposer<keyof Exposed<unknown>>['taken'] = undefined
  /** As the app gets it. */
  readonly exposed = expose(this) as unknown as Exposed<Params>
  private message: PullMessage<Params> | undefined = undefined
  private count = 0
  private error: PullError | null = null
  private refs: { [Name in Exclude<keyof Exposed<Params>, Action>]?: Ref<Exposed<Params>[Name]['value']> } | undefined = undefined
  /** What the tally had counted when this one looked last. */
  private seen = 0

  constructor(protected isActive: boolean) {}

  expose(name: keyof Exposed<Params>): unknown {
    if (name === 'pause' || name === 'resume' || name === 'stop') return () => this[name]()
    if (name !== 'isActive' && name !== 'error') this.tellEach()
    const refs: Partial<Record<typeof name, Ref>> = this.refs ??= {}
    // Of an edited store Pinia keeps the values of refs, and not of shallow ones.
    return refs[name] = (name === 'count' || name === 'isActive' ? ref : shallowRef)(this[name])
  }

  private get data(): Params | undefined {
    return this.message?.params
  }

  countBy(tally: Tally | null): void {
    this.catchUp()
    const { refs } = this
    this.tally = refs?.data || refs?.message || refs?.count ? null : tally
    this.seen = tally?.count ?? 0
  }

  show(last: PullMessage, more: number): void {
    this.message = last as PullMessage<Params>
    this.count += more
    if (!this.refs) return
    const { data, message, count } = this.refs
    if (data) data.value = this.message.params
    if (message) message.value = this.message
    // From where it stands: Pinia writes to it what a store that is edited has counted before.
    if (count) count.value += more
  }

  setError(problem: PullError): void {
    this.error = problem
    if (this.refs?.error) this.refs.error.value = problem
  }

  protected setActive(isActive: boolean): void {
    this.isActive = isActive
    if (this.refs?.isActive) this.refs.isActive.value = isActive
  }

  /** Somebody looks from now on, and wants to see each message. */
  private tellEach(): void {
    const { tally } = this
    this.countBy(null)
    tally?.onWatched()
  }

  /** How many messages it has heard by now. */
  protected catchUp(): number {
    const { tally, seen } = this
    if (tally && tally.count !== seen) {
      this.seen = tally.count
      this.count += tally.count - seen
      this.message = tally.last as PullMessage<Params>
    }
    return this.count
  }

  protected abstract pause(): void
  protected abstract resume(): void
  abstract stop(): void
}

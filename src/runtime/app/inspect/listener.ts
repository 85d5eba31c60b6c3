import type { PullMessage } from '../../types'
import { epochNow } from '../../utils/clock'
import { PullError } from '../../utils/errors'
import { isThenable } from '../../utils/is-thenable'
import type { ListenerWants, ProbedListener } from '../hub/probe'
import type { Subscription } from '../hub/subscription'
import type { CodePlace } from './place'
import type { ListenerRecord, VerdictKind } from './types'

/** Steps of one listener that are kept. */
const STEPS = 20
/** Messages whose handling may be under way at once, as far as anybody keeps count. */
const PENDING = 1_000

/** What became of one message, where that is more than "heard". */
export interface Outcome {
  /** Number of the message. */
  seq: number
  kind: VerdictKind
  listener: Listener
  ms: number | null
  error: unknown
}

/** What all listeners of one app share. */
export interface Recording {
  /** Number of the newest message. */
  seq: number
  /** Whether somebody looks: only then handlers are timed. */
  isWatched: boolean
  /** Notes what became of a message. */
  note: (outcome: Outcome) => void
  /** What was noted may have become something else. */
  settled: (outcome: Outcome) => void
  /** What somebody wants, or where. */
  changed: (listener: Listener) => void
}

/** One listener: what it wants, what it wanted, and what becomes of what it is given. */
export class Listener implements ListenerRecord, ProbedListener {
  heard = 0
  endedAt: number | null = null
  wants: ListenerWants
  /** What it wanted from the message after `seq` on. */
  private readonly steps: { seq: number, wants: ListenerWants }[]
  /** Whether something is being delivered at this very moment. */
  private isDelivering = false
  /** What becomes of it, where somebody looks. */
  private current: Outcome | null = null
  /** What a promise of the handler, or of its schema, has yet to decide. */
  private readonly pending: Outcome[] = []

  constructor(readonly id: number, readonly caller: string, public place: CodePlace, private readonly ask: () => ListenerWants, private readonly recording: Recording) {
    this.wants = this.read()
    this.steps = [{ seq: recording.seq, wants: this.wants }]
  }

  readonly tap = (subscription: Subscription): Subscription => {
    const { handler, listener } = subscription
    // A handler stays one: what it costs to be watched is the watching alone then.
    if (handler) return { ...subscription, handler: (params, message) => this.run(handler, params, message) }
    return { ...subscription, listener: listener && (message => this.deliver(listener, message)) }
  }

  readonly filtered = (): void => {
    if (this.isDelivering) {
      this.heard--
      if (this.current) this.current.kind = 'filtered'
      else this.recording.note({ ...this.outcome(), kind: 'filtered' })
    }
    else if (this.pending[0]) {
      this.heard--
      this.pending[0].kind = 'filtered'
    }
  }

  readonly changed = (): void => {
    const wants = this.read()
    if (isSame(wants, this.wants)) return
    this.wants = wants
    if (wants.state === 'stopped') this.endedAt = epochNow()
    this.steps.push({ seq: this.recording.seq, wants })
    if (this.steps.length > STEPS) this.steps.shift()
    this.recording.changed(this)
  }

  wantedAt(seq: number): ListenerWants | null {
    return this.steps.findLast(step => step.seq < seq)?.wants ?? null
  }

  private read(): ListenerWants {
    const { type, module, commands, ignoreOwn, state } = this.ask()
    return { type, module, commands, ignoreOwn, state }
  }

  /** What may have a filter, which says so meanwhile. */
  private deliver(listener: (message: PullMessage) => unknown, message: PullMessage): unknown {
    const outer = this.isDelivering
    this.isDelivering = true
    try {
      return this.run(listener, message, message)
    }
    finally {
      this.isDelivering = outer
    }
  }

  /** While nobody looks, what is only heard leaves nothing but a count: it can be told from what was wanted at the time. */
  private run<Given>(listener: (given: Given, message: PullMessage) => unknown, given: Given, message: PullMessage): unknown {
    if (this.recording.isWatched) return this.runTimed(listener, given, message)
    this.heard++
    let result: unknown
    try {
      result = listener(given, message)
    }
    catch (error) {
      this.recording.note(this.fail(this.outcome(), error))
      throw error
    }
    if (isThenable(result)) this.recording.note(this.await(this.outcome(), result))
    return result
  }

  private runTimed<Given>(listener: (given: Given, message: PullMessage) => unknown, given: Given, message: PullMessage): unknown {
    const outcome = this.outcome()
    const outer = this.current
    const from = performance.now()
    this.current = outcome
    this.heard++
    try {
      const result = listener(given, message)
      if (isThenable(result)) this.await(outcome, result)
      return result
    }
    catch (error) {
      this.fail(outcome, error)
      throw error
    }
    finally {
      this.current = outer
      outcome.ms = performance.now() - from
      this.recording.note(outcome)
    }
  }

  private outcome(): Outcome {
    return { seq: this.recording.seq, kind: 'heard', listener: this, ms: null, error: null }
  }

  private await(outcome: Outcome, result: PromiseLike<unknown>): Outcome {
    this.pending.push(outcome)
    if (this.pending.length > PENDING) this.pending.shift()
    const settle = () => {
      const i = this.pending.indexOf(outcome)
      if (i >= 0) this.pending.splice(i, 1)
      this.recording.settled(outcome)
    }
    result.then(settle, (error) => {
      this.fail(outcome, error)
      settle()
    })
    return outcome
  }

  private fail(outcome: Outcome, error: unknown): Outcome {
    const isRefused = error instanceof PullError && error.code === 'SCHEMA_MISMATCH'
    if (isRefused) this.heard--
    outcome.kind = isRefused ? 'refused' : 'failed'
    outcome.error = error
    return outcome
  }
}

function isSame(a: ListenerWants, b: ListenerWants): boolean {
  return a.state === b.state && a.module === b.module && a.commands.join('\0') === b.commands.join('\0')
}

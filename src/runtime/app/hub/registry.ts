import type { PullMessage, PullMessageType } from '../../types'
import { nobody, toAudience, together } from './audience'
import type { Audience, Seat } from './audience'
import type { Listening, Subscription, Tally } from './subscription'

/** The seat of a subscription among those to one thing, and its neighbours. */
export class Membership implements Seat, Listening {
  readonly handler: Seat['handler']
  readonly shown: Seat['shown']
  readonly listener: Seat['listener']
  readonly onError: Seat['onError']
  readonly ignoreOwn: Seat['ignoreOwn']
  before: Membership | null = null
  after: Membership | null = null
  private isThere = true

  constructor(
    { handler, shown, listener, onError, ignoreOwn }: Subscription,
    readonly order: number,
    readonly bucket: Bucket,
    /** The same subscription's for another one of its commands. */
    readonly also: Membership | null,
  ) {
    this.handler = handler
    this.shown = shown
    this.listener = listener
    this.onError = onError
    this.ignoreOwn = ignoreOwn
  }

  leave(): void {
    if (!this.isThere) return
    this.isThere = false
    this.shown?.countBy(null)
    this.bucket.remove(this)
    // Not by their own `leave()`: there may be more of them than calls within each other.
    for (let { also } = this; also; also = also.also) also.bucket.remove(also)
  }
}

/**
 * The subscriptions to one thing, in their order. What a dispatch goes through is made once per change, so one under way keeps
 * what it began with. A list linked by hand: in a `Set` each has to be found a place, which was an eighth of the time of a subscription.
 */
export class Bucket implements Tally {
  count = 0
  last: PullMessage | null = null
  private head: Membership | null = null
  private tail: Membership | null = null
  private snapshot: Audience | null = null

  /** @param onEmpty told when the last one has gone */
  constructor(private readonly onEmpty: () => void) {}

  get isEmpty(): boolean {
    return !this.head
  }

  add(subscription: Subscription, order: number, also: Membership | null): Membership {
    const membership = new Membership(subscription, order, this, also)
    membership.before = this.tail
    if (this.tail) this.tail.after = membership
    else this.head = membership
    this.tail = membership
    this.snapshot = null
    return membership
  }

  remove({ before, after }: Membership): void {
    if (before) before.after = after
    else this.head = after
    if (after) after.before = before
    else this.tail = before
    this.snapshot = null
    if (this.isEmpty) this.onEmpty()
  }

  hear(message: PullMessage): void {
    this.count++
    this.last = message
  }

  audience(): Audience {
    return this.snapshot ??= this.take()
  }

  onWatched(): void {
    this.snapshot = null
  }

  private take(): Audience {
    const seats: Seat[] = []
    for (let membership = this.head; membership; membership = membership.after) seats.push(membership)
    return toAudience(seats, seats.some(({ shown }) => shown?.tally) ? [this] : [])
  }
}

/** Who listens to a module: to one of its commands, and to every one. */
class ModuleListeners {
  private readonly named = new Map<string, Bucket>()
  private readonly every: Bucket

  /** @param onEmpty told when the last one has gone */
  constructor(private readonly onEmpty: () => void) {
    this.every = new Bucket(() => this.forget('*'))
  }

  get isEmpty(): boolean {
    return this.every.isEmpty && !this.named.size
  }

  bucket(command: string): Bucket {
    if (command === '*') return this.every
    return this.named.get(command) ?? this.open(command)
  }

  /** Apart, since a function that makes a closure makes room for it with every call. */
  private open(command: string): Bucket {
    const bucket = new Bucket(() => this.forget(command))
    this.named.set(command, bucket)
    return bucket
  }

  /** Adds those who listen to the command to those found so far. */
  match(command: string, found: Audience): Audience {
    const named = this.named.get(command)
    const withNamed = named ? together(found, named.audience()) : found
    return this.every.isEmpty ? withNamed : together(withNamed, this.every.audience())
  }

  private forget(command: string): void {
    this.named.delete(command)
    if (this.isEmpty) this.onEmpty()
  }
}

/** Who listens to messages of a type: to those of one module, and to all. */
class TypeListeners {
  private readonly named = new Map<string, ModuleListeners>()
  private readonly every = new ModuleListeners(() => {})

  bucket(module: string, command: string): Bucket {
    if (module === '*') return this.every.bucket(command)
    return (this.named.get(module) ?? this.open(module)).bucket(command)
  }

  private open(module: string): ModuleListeners {
    const listeners = new ModuleListeners(() => void this.named.delete(module))
    this.named.set(module, listeners)
    return listeners
  }

  match(module: string, command: string): Audience {
    const found = this.named.get(module)?.match(command, nobody) ?? nobody
    return this.every.isEmpty ? found : this.every.match(command, found)
  }

  listensTo(module: string): boolean {
    return this.named.has(module) || !this.every.isEmpty
  }
}

/**
 * Who listens to what: type, then module, then command. Names from the wire are only ever Map keys, and `'*'`, which stands
 * for "every", is none of them: a message that bears it as a name reaches those who listen to everything, once.
 */
export class Registry {
  private readonly types: Readonly<Record<PullMessageType, TypeListeners>> = {
    server: new TypeListeners(),
    client: new TypeListeners(),
    online: new TypeListeners(),
  }

  /** Rank of the next subscription. */
  private order = 0

  /** Adds a subscription under each of its commands; `null` where it has none. */
  add(subscription: Subscription): Membership | null {
    const { type, module, commands } = subscription
    const order = this.order++
    const listeners = this.types[type]
    if (typeof commands === 'string') return listeners.bucket(module, commands).add(subscription, order, null)
    let membership: Membership | null = null
    for (const command of commands) membership = listeners.bucket(module, command).add(subscription, order, membership)
    return membership
  }

  /** Everyone who listens to a message, in order of subscription. */
  match(type: PullMessageType, module: string, command: string): Audience {
    return this.types[type].match(module, command)
  }

  /** Whether anyone would hear some message of the module, whatever its command. */
  listensTo(type: PullMessageType, module: string): boolean {
    return this.types[type].listensTo(module)
  }
}

import type { PullMessageType } from '../../types'
import type { Subscription } from './subscription'

/** Where a subscription sits under one of its commands, between the one before it and the one after. */
export class Seat {
  previous: Seat | null = null
  next: Seat | null = null

  /**
   * @param bucket where it is
   * @param subscription whose it is
   * @param order rank of the subscription among all, by time of subscribing
   * @param sibling the same subscription's seat under another command
   */
  constructor(private readonly bucket: Bucket, readonly subscription: Subscription, readonly order: number, readonly sibling: Seat | null) {}

  /** Must not be called twice. */
  leave(): void {
    this.bucket.remove(this)
    // Whoever still holds this one must not hold its neighbours.
    this.previous = this.next = null
  }
}

/**
 * The subscriptions to one thing, linked in their order. Adding and removing are O(1), and removing takes no memory: where
 * thousands go at once, the garbage collector would cost more than the work. The list handed to a dispatch is made once per
 * change, so a dispatch under way keeps the list it began with.
 */
class Bucket {
  private first: Seat | null = null
  private last: Seat | null = null
  private snapshot: readonly Seat[] | null = null

  /** @param onEmpty told when the last one has gone */
  constructor(private readonly onEmpty: () => void) {}

  get isEmpty(): boolean {
    return !this.first
  }

  add(subscription: Subscription, order: number, sibling: Seat | null): Seat {
    const seat = new Seat(this, subscription, order, sibling)
    seat.previous = this.last
    if (this.last) this.last.next = seat
    else this.first = seat
    this.last = seat
    this.snapshot = null
    return seat
  }

  remove({ previous, next }: Seat): void {
    if (previous) previous.next = next
    else this.first = next
    if (next) next.previous = previous
    else this.last = previous
    this.snapshot = null
    if (this.isEmpty) this.onEmpty()
  }

  list(): readonly Seat[] {
    return this.snapshot ??= this.walk()
  }

  private walk(): Seat[] {
    const seats: Seat[] = []
    for (let seat = this.first; seat; seat = seat.next) seats.push(seat)
    return seats
  }
}

const none: readonly Seat[] = []

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
    let bucket = this.named.get(command)
    if (!bucket) this.named.set(command, bucket = new Bucket(() => this.forget(command)))
    return bucket
  }

  /** Adds those who listen to the command to those found so far. */
  match(command: string, found: readonly Seat[]): readonly Seat[] {
    const named = this.named.get(command)
    const withNamed = named ? merge(found, named.list()) : found
    return this.every.isEmpty ? withNamed : merge(withNamed, this.every.list())
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
    let listeners = this.named.get(module)
    if (!listeners) this.named.set(module, listeners = new ModuleListeners(() => void this.named.delete(module)))
    return listeners.bucket(command)
  }

  match(module: string, command: string): readonly Seat[] {
    const found = this.named.get(module)?.match(command, none) ?? none
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

  /** Adds a subscription under one command, where it ends with `leave()`; `sibling` is its seat under another command. */
  add(subscription: Subscription, command: string, order: number, sibling: Seat | null): Seat {
    return this.types[subscription.type].bucket(subscription.module, command).add(subscription, order, sibling)
  }

  /** Everyone who listens to a message, in order of subscription. */
  match(type: PullMessageType, module: string, command: string): readonly Seat[] {
    return this.types[type].match(module, command)
  }

  /** Whether anyone would hear some message of the module, whatever its command. */
  listensTo(type: PullMessageType, module: string): boolean {
    return this.types[type].listensTo(module)
  }
}

/** Two lists, each in order of subscription, as one. */
function merge(a: readonly Seat[], b: readonly Seat[]): readonly Seat[] {
  if (!a.length) return b
  const merged: Seat[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    merged.push(a[i]!.order < b[j]!.order ? a[i++]! : b[j++]!)
  }
  return merged.concat(a.slice(i), b.slice(j))
}

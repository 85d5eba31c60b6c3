import type { PullMessage, PullMessageType } from '../../types'

export interface HubListener {
  /** Called with each message. A returned promise is not awaited. */
  listener: (message: PullMessage) => unknown
  /** Told when `listener` throws or its promise rejects. Must not throw. */
  onError: (error: unknown, message: PullMessage) => void
}

/** One subscription; `order` is its rank among all, by time of subscribing. */
export interface HubEntry extends Readonly<HubListener> {
  readonly order: number
}

/** A subscription in its place under one command, between the one before it and the one after. */
export class Place implements HubEntry {
  readonly order: number
  readonly listener: HubListener['listener']
  readonly onError: HubListener['onError']
  previous: Place | null = null
  next: Place | null = null

  /** `sibling` is the same subscription's place under another command. */
  constructor(private readonly bucket: Bucket, { order, listener, onError }: HubEntry, readonly sibling: Place | null) {
    this.order = order
    this.listener = listener
    this.onError = onError
  }

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
  private first: Place | null = null
  private last: Place | null = null
  private snapshot: readonly HubEntry[] | null = null

  /** @param onEmpty told when the last one has gone */
  constructor(private readonly onEmpty: () => void) {}

  get isEmpty(): boolean {
    return !this.first
  }

  add(entry: HubEntry, sibling: Place | null): Place {
    const place = new Place(this, entry, sibling)
    place.previous = this.last
    if (this.last) this.last.next = place
    else this.first = place
    this.last = place
    this.snapshot = null
    return place
  }

  remove({ previous, next }: Place): void {
    if (previous) previous.next = next
    else this.first = next
    if (next) next.previous = previous
    else this.last = previous
    this.snapshot = null
    if (this.isEmpty) this.onEmpty()
  }

  list(): readonly HubEntry[] {
    return this.snapshot ??= this.walk()
  }

  private walk(): HubEntry[] {
    const entries: HubEntry[] = []
    for (let place = this.first; place; place = place.next) entries.push(place)
    return entries
  }
}

const none: readonly HubEntry[] = []

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
  match(command: string, found: readonly HubEntry[]): readonly HubEntry[] {
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

  match(module: string, command: string): readonly HubEntry[] {
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

  /** Adds a subscription under one command, where it ends with `leave()`; `sibling` is its place under another command. */
  add(type: PullMessageType, module: string, command: string, entry: HubEntry, sibling: Place | null): Place {
    return this.types[type].bucket(module, command).add(entry, sibling)
  }

  /** Everyone who listens to a message, in order of subscription. */
  match(type: PullMessageType, module: string, command: string): readonly HubEntry[] {
    return this.types[type].match(module, command)
  }

  /** Whether anyone would hear some message of the module, whatever its command. */
  listensTo(type: PullMessageType, module: string): boolean {
    return this.types[type].listensTo(module)
  }
}

/** Two lists, each in order of subscription, as one. */
function merge(a: readonly HubEntry[], b: readonly HubEntry[]): readonly HubEntry[] {
  if (!a.length) return b
  const merged: HubEntry[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    merged.push(a[i]!.order < b[j]!.order ? a[i++]! : b[j++]!)
  }
  return merged.concat(a.slice(i), b.slice(j))
}

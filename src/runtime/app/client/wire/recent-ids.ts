/** Remembers the last ids of messages, so that a repeat is known. A message without an id is never a repeat. */
export class RecentIds {
  private readonly ids = new Set<string>()

  constructor(private readonly limit = 1000) {}

  has(id: string): boolean {
    return this.ids.has(id)
  }

  /** The last of them, the newest last. */
  last(count: number): string[] {
    return [...this.ids].slice(-count)
  }

  /** Whether the id is new; it is remembered. */
  add(id: unknown): boolean {
    if (typeof id !== 'string' && typeof id !== 'number') return true
    const key = String(id)
    if (this.ids.has(key)) return false
    this.ids.add(key)
    if (this.ids.size > this.limit) this.ids.delete(this.ids.values().next().value as string)
    return true
  }
}

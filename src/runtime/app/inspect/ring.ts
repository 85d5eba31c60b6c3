/** The last so many of what is put in. Putting in costs one write, whether or not anybody ever looks. */
export class Ring<T> {
  private readonly slots: (T | undefined)[]
  private count = 0

  constructor(private readonly size: number) {
    this.slots = Array.from({ length: size })
  }

  push(value: T): void {
    this.slots[this.count++ % this.size] = value
  }

  /** Oldest first. */
  list(): T[] {
    const first = Math.max(0, this.count - this.size)
    return Array.from({ length: this.count - first }, (_, i) => this.slots[(first + i) % this.size] as T)
  }

  /** How many were ever put in. */
  get total(): number {
    return this.count
  }
}

/**
 * Writes items in groups. The first item is written at once, and the items that arrive during a write form the next group. A
 * commit costs the same for many items as for one, and no item waits for others to arrive.
 */
export class GroupWriter<T> {
  readonly #waiting: T[] = []
  #isWriting = false

  /** @param write never rejects */
  constructor(
    private readonly maxSize: number,
    private readonly write: (group: readonly T[]) => Promise<void>
  ) {}

  add(item: T): void {
    this.#waiting.push(item)
    if (!this.#isWriting) {
      void this.#writeAll()
    }
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true
    while (this.#waiting.length > 0) {
      await this.write(this.#waiting.splice(0, this.maxSize))
    }
    this.#isWriting = false
  }
}

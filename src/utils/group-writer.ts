/**
 * Writes what comes in, the first at once, and what comes in meanwhile together as the next group: a commit costs the
 * same for many as for one, and nobody waits for company.
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

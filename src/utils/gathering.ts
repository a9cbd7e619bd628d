type Waiting<T, R> = { work: T; resolve: (result: R) => void; reject: (error: unknown) => void }

/**
 * Does work in groups: what comes while a group is at work waits, and makes the next one. So many small pieces cost
 * about what one costs, and one that comes alone does not wait.
 */
export class Gathering<T, R> {
  #waiting: Waiting<T, R>[] = []
  #isAtWork = false

  /**
   * @param doAll does a group, and says of each piece, in their order, what came of it
   * @param limit how many pieces make a group at the most
   */
  constructor(
    private readonly doAll: (group: readonly T[]) => Promise<PromiseSettledResult<R>[]>,
    private readonly limit: number
  ) {}

  /** Does a piece of work, together with whatever else is there by then. */
  async do(work: T): Promise<R> {
    return await new Promise<R>((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject })
      if (!this.#isAtWork) {
        void this.#workOff()
      }
    })
  }

  async #workOff(): Promise<void> {
    this.#isAtWork = true
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, this.limit)
      try {
        const results = await this.doAll(group.map(({ work }) => work))
        group.forEach(({ resolve, reject }, index) => {
          const result = results[index]
          if (result?.status === "fulfilled") {
            resolve(result.value)
          } else {
            reject(result?.reason ?? new Error("nothing was said of a piece of work"))
          }
        })
      } catch (error) {
        group.forEach(({ reject }) => reject(error))
      }
    }
    this.#isAtWork = false
  }
}

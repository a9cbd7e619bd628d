import { GroupWriter } from "./group-writer"

type Waiting<T, R> = { work: T; resolve: (result: R) => void; reject: (error: unknown) => void }

/**
 * Does pieces of work in batches, and gives each caller the result of its own piece. The batches are formed as by `GroupWriter`:
 * many small pieces cost about as much as one, and a single piece does not wait.
 */
export class Batcher<T, R> {
  readonly #groups: GroupWriter<Waiting<T, R>>

  /**
   * @param doAll does a batch, and gives the result of each piece
   * @param limit the largest number of pieces in a batch
   */
  constructor(
    private readonly doAll: (batch: readonly T[]) => Promise<ReadonlyMap<T, PromiseSettledResult<R>>>,
    limit: number
  ) {
    this.#groups = new GroupWriter(limit, (batch) => this.#doBatch(batch))
  }

  /** Does a piece of work, in a batch with the other waiting pieces. @returns the result of the piece */
  async do(work: T): Promise<R> {
    return await new Promise<R>((resolve, reject) => {
      this.#groups.add({ work, resolve, reject })
    })
  }

  async #doBatch(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.doAll(batch.map(({ work }) => work))
      batch.forEach(({ work, resolve, reject }) => {
        const result = results.get(work)
        if (result?.status === "fulfilled") {
          resolve(result.value)
        } else {
          reject(result?.reason ?? new Error("a piece of work has no result"))
        }
      })
    } catch (error) {
      batch.forEach(({ reject }) => reject(error))
    }
  }
}

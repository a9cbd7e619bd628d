import { GroupWriter } from "./group-writer"

type Waiting<T, R> = { work: T; resolve: (result: R) => void; reject: (error: unknown) => void }

/**
 * Does work in groups, as a `GroupWriter` writes, for callers who wait for what comes of their piece: many small pieces
 * cost about what one costs, and one that comes alone does not wait.
 */
export class Gathering<T, R> {
  readonly #groups: GroupWriter<Waiting<T, R>>

  /**
   * @param doAll does a group, and says of each piece, in their order, what came of it
   * @param limit how many pieces make a group at the most
   */
  constructor(
    private readonly doAll: (group: readonly T[]) => Promise<PromiseSettledResult<R>[]>,
    limit: number
  ) {
    this.#groups = new GroupWriter(limit, (group) => this.#doGroup(group))
  }

  /** Does a piece of work, together with whatever else is there by then. */
  async do(work: T): Promise<R> {
    return await new Promise<R>((resolve, reject) => {
      this.#groups.add({ work, resolve, reject })
    })
  }

  async #doGroup(group: readonly Waiting<T, R>[]): Promise<void> {
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
}

import { AdaptiveLimit, type LoadSign } from "../adaptive-limit"

const GOOD: LoadSign = { isOverloaded: false }
const OVERLOADED: LoadSign = { isOverloaded: true }

/** Work that ends when it is told to, and a count of the pieces that run. */
class Works {
  running = 0
  started: number[] = []
  readonly #ends: (() => void)[] = []

  constructor(private readonly limit: AdaptiveLimit) {}

  start(count: number, sign = GOOD): Promise<void>[] {
    return Array.from({ length: count }, (_, index) =>
      this.limit.run(
        async () => {
          this.running += 1
          this.started.push(index)
          await new Promise<void>((resolve) => this.#ends.push(resolve))
          this.running -= 1
        },
        () => sign
      )
    )
  }

  async end(count = this.#ends.length): Promise<void> {
    this.#ends.splice(0, count).forEach((end) => {
      end()
    })
    await jest.advanceTimersByTimeAsync(0)
  }
}

describe("an adaptive limit", () => {
  beforeEach(() => {
    jest.useFakeTimers()
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  it("lets the largest number run at the same time, in the order in which they came", async () => {
    const works = new Works(new AdaptiveLimit(3))
    const all = works.start(5)
    await jest.advanceTimersByTimeAsync(0)
    expect(works.running).toBe(3)
    await works.end(1)
    expect(works.started).toEqual([0, 1, 2, 3])
    await works.end()
    await works.end()
    await Promise.all(all)
  })

  it("halves for one overload that many have met, and comes back with good answers", async () => {
    const limit = new AdaptiveLimit(8)
    const works = new Works(limit)
    const overloaded = works.start(8, OVERLOADED)
    await jest.advanceTimersByTimeAsync(0)
    await works.end()
    await Promise.all(overloaded)
    expect(limit.limit).toBe(4)
    for (let round = 0; round < 40; round += 1) {
      const good = works.start(1)
      await jest.advanceTimersByTimeAsync(6_000)
      await works.end()
      await Promise.all(good)
    }
    expect(limit.limit).toBe(8)
  })

  it("never stands still, and starts nothing before the server's time is over", async () => {
    const limit = new AdaptiveLimit(2)
    const works = new Works(limit)
    for (let round = 0; round < 5; round += 1) {
      const overloaded = works.start(1, { isOverloaded: true, waitMs: 10_000 })
      await jest.advanceTimersByTimeAsync(20_000)
      await works.end()
      await Promise.all(overloaded)
    }
    expect(limit.limit).toBe(1)
    const next = works.start(1)
    await jest.advanceTimersByTimeAsync(9_999)
    expect(works.running).toBe(0)
    await jest.advanceTimersByTimeAsync(1)
    expect(works.running).toBe(1)
    await works.end()
    await Promise.all(next)
  })

  it("hands an error on, and learns from it", async () => {
    const limit = new AdaptiveLimit(4)
    const refused = limit.run(() => Promise.reject(new Error("no")), ({ error }) => ({ isOverloaded: error instanceof Error }))
    await expect(refused).rejects.toThrow("no")
    expect(limit.limit).toBe(2)
  })
})

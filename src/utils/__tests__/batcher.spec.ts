import { Batcher } from "../batcher"

const fulfilled = <T>(value: T): PromiseSettledResult<T> => ({ status: "fulfilled", value })

/** A batcher whose groups end when they are told to. */
function observed(limit: number, doOne: (work: number) => PromiseSettledResult<string> = (work) => fulfilled(`did ${String(work)}`)) {
  const groups: number[][] = []
  const ends: (() => void)[] = []
  const batcher = new Batcher<number, string>(async (group) => {
    groups.push([...group])
    await new Promise<void>((resolve) => ends.push(resolve))
    return new Map(group.map((work) => [work, doOne(work)]))
  }, limit)
  const endNext = async () => {
    ends.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { batcher, groups, endNext }
}

describe("a batcher", () => {
  it("does at once what comes alone, and together what comes meanwhile", async () => {
    const { batcher, groups, endNext } = observed(10)
    const first = batcher.do(1)
    const others = [batcher.do(2), batcher.do(3)]
    expect(groups).toEqual([[1]])
    await endNext()
    expect(groups).toEqual([[1], [2, 3]])
    await endNext()
    expect(await Promise.all([first, ...others])).toEqual(["did 1", "did 2", "did 3"])
    const late = batcher.do(4)
    expect(groups).toEqual([[1], [2, 3], [4]])
    await endNext()
    expect(await late).toBe("did 4")
  })

  it("makes no group larger than its limit", async () => {
    const { batcher, groups, endNext } = observed(2)
    const all = [1, 2, 3, 4].map((work) => batcher.do(work))
    await endNext()
    await endNext()
    await endNext()
    expect(groups).toEqual([[1], [2, 3], [4]])
    expect(await Promise.all(all)).toHaveLength(4)
  })

  it("tells each piece its own failure, and goes on after a group that failed as a whole", async () => {
    const { batcher, endNext } = observed(10, (work) =>
      work === 2 ? { status: "rejected", reason: new Error("not 2") } : fulfilled(`did ${String(work)}`)
    )
    const all = Promise.allSettled([batcher.do(1), batcher.do(2), batcher.do(3)])
    await endNext()
    await endNext()
    expect((await all).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
    const broken = new Batcher<number, string>((group) => {
      return group.includes(0) ? Promise.reject(new Error("the whole group")) : Promise.resolve(new Map(group.map((work) => [work, fulfilled("done")])))
    }, 10)
    await expect(broken.do(0)).rejects.toThrow("the whole group")
    expect(await broken.do(1)).toBe("done")
  })
})

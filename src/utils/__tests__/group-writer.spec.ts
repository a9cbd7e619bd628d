import { setImmediate as turn } from "timers/promises"

import { GroupWriter } from "../group-writer"

describe("a group writer", () => {
  it("writes the first at once, and what comes in meanwhile together, in parts that are not too large", async () => {
    const groups: number[][] = []
    let done: () => void = () => undefined
    const writer = new GroupWriter<number>(3, (group) => {
      groups.push([...group])
      return new Promise((resolve) => (done = resolve))
    })
    const finish = async () => {
      done()
      await turn()
    }
    writer.add(1)
    expect(groups).toEqual([[1]])
    for (const item of [2, 3, 4, 5]) {
      writer.add(item)
    }
    expect(groups).toEqual([[1]])
    await finish()
    expect(groups).toEqual([[1], [2, 3, 4]])
    await finish()
    await finish()
    writer.add(6)
    expect(groups).toEqual([[1], [2, 3, 4], [5], [6]])
  })
})

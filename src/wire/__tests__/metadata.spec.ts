import { metadataSchema } from "../metadata"

describe("metadata from the wire", () => {
  it("is any object of JSON", () => {
    const metadata = { text: "ب\nline", number: 1.5, yes: true, none: null, list: [1, { deep: [null] }], "": 0 }
    expect(metadataSchema.parse(metadata)).toEqual(metadata)
  })

  it("is refused where the database could not hold it, and says where", () => {
    const nested = (depth: number): unknown => (depth === 0 ? "x" : { in: nested(depth - 1) })
    for (const value of ["\u0000", ["\ud800"], { "\u0000": 1 }, nested(5000), 1e400, [-1e400], "x".repeat(100_001), JSON.parse("{\"__proto__\":1}")]) {
      const { error } = metadataSchema.safeParse({ good: 1, bad: value })
      expect(error?.issues.map((issue) => issue.path)).toEqual([["bad"]])
    }
    for (const other of [[], "text", 7]) {
      expect(metadataSchema.safeParse(other).success).toBe(false)
    }
  })
})

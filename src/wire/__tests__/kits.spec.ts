import { hasPartsOfOtherNames, leftOfKit, readKits, type Kit } from "../kits"

const SET: Kit = { sku: "SET", parts: [{ sku: "CUP", perPiece: 2 }, { sku: "SAUCER", perPiece: 3 }], ordered: 3, open: 3 }

const read = (items: [sku: string, quantity: number, open?: number][], kits: Kit[] = [SET]) => {
  const reading = readKits(items.map(([sku, quantity, open = null]) => ({ sku, quantity, open })), kits)
  return {
    pieces: Object.fromEntries(reading.pieces),
    direct: Object.fromEntries(reading.direct),
    left: Object.fromEntries([...reading.left].map(([item, { quantity }]) => [item, quantity])),
  }
}

describe("a kit that is named by its parts", () => {
  it("is as many whole ones as they make, and what is left is named", () => {
    expect(read([["CUP", 4], ["saucer ", 6]])).toEqual({ pieces: { 0: 2 }, direct: { 0: 0, 1: 0 }, left: {} })
    expect(read([["CUP", 5], ["SAUCER", 4]])).toEqual({ pieces: { 0: 1 }, direct: { 0: 0, 1: 0 }, left: { 0: 3, 1: 1 } })
    expect(read([["CUP", 6]]).left).toEqual({ 0: 6 })
  })

  it("may have a part on several items", () => {
    expect(read([["CUP", 1], ["CUP", 1], ["SAUCER", 3]])).toMatchObject({ pieces: { 0: 1 }, left: {} })
  })

  it("is never more than was ordered, and the open ones come first", () => {
    expect(read([["CUP", 8], ["SAUCER", 12]])).toMatchObject({ pieces: { 0: 3 }, left: { 0: 2, 1: 3 } })
    const done = { ...SET, open: 0 }
    const other = { ...SET, sku: "OTHER", ordered: 1, open: 1 }
    expect(read([["CUP", 2], ["SAUCER", 3]], [done, other]).pieces).toEqual({ 1: 1 })
    expect(read([["CUP", 2], ["SAUCER", 3]], [done]).pieces).toEqual({ 0: 1 })
  })

  it("leaves to goods that are sold by themselves what is open of them", () => {
    expect(read([["CUP", 3, 1], ["SAUCER", 3]])).toEqual({ pieces: { 0: 1 }, direct: { 0: 1, 1: 0 }, left: {} })
    expect(read([["CUP", 4, 1], ["SAUCER", 3]])).toEqual({ pieces: { 0: 1 }, direct: { 0: 2, 1: 0 }, left: {} })
  })

  it("may be ordered in parts of one", () => {
    const half = { ...SET, ordered: 1.5, open: 1.5 }
    expect(read([["CUP", 3], ["SAUCER", 4.5]], [half])).toMatchObject({ pieces: { 0: 1.5 }, left: {} })
  })

  it("is told from goods whose stock item has their own name", () => {
    expect(hasPartsOfOtherNames(["CUP"], [{ sku: "cup ", perPiece: 1 }])).toBe(false)
    expect(hasPartsOfOtherNames(["SET", null], SET.parts)).toBe(true)
    expect(hasPartsOfOtherNames(["SET"], [])).toBe(false)
  })

  it("is named with what it is made of", () => {
    expect(leftOfKit("CUP", 1, SET)).toBe("1 of CUP are left, which with the others make no whole SET that was ordered (2 CUP, 3 SAUCER)")
  })
})

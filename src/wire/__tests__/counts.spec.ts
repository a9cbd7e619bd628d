import { addQuantities, minusQuantity, piecesLeftSchema, piecesMade, readCount, readPieces, statedQuantitySchema, timesQuantity } from "../counts"

describe("a count", () => {
  it.each([
    [75, { quantity: 75 }],
    [12.000000000000002, { quantity: 12 }],
    [11.9999999, { quantity: 12 }],
    [-0.0000001, { quantity: 0 }],
    [2.5, { quantity: 2, rounded_from: 2.5 }],
    [-3, { quantity: 0, oversold_by: 3 }],
    [-2.5, { quantity: 0, oversold_by: 3 }],
  ])("of %p is read in whole pieces", (stated, reading) => {
    expect(readCount(stated, false)).toStrictEqual(reading)
  })

  it.each([
    [2.5, { quantity: 2.5 }],
    [12.000000000000002, { quantity: 12 }],
    [-2.5, { quantity: 0, oversold_by: 2.5 }],
  ])("of %p is kept where the shop sells parts of a piece", (stated, reading) => {
    expect(readCount(stated, true)).toStrictEqual(reading)
  })
})

describe("a change", () => {
  it("that all but is none is none, whichever side of it", () => {
    expect(piecesLeftSchema.parse(0.3 - 0.1 - 0.2)).toBe(0)
    expect(piecesLeftSchema.safeParse(-0.1).success).toBe(false)
  })

  it("of a fraction is refused, not rounded", () => {
    expect(readPieces(-2.5, false)).toStrictEqual({ refusal: expect.stringContaining("fractionalQuantities") as string })
    expect(readPieces(-2.5, true)).toStrictEqual({ quantity: -2.5 })
  })

  it("that all but is a whole number is that number", () => {
    expect(readPieces(-2.0000000001, false)).toStrictEqual({ quantity: -2 })
  })
})

it("quantities are texts or numbers of either sign, within the range of Odoo's integers", () => {
  expect(statedQuantitySchema.parse("75.0")).toBe(75)
  expect(statedQuantitySchema.parse("-3")).toBe(-3)
  expect(statedQuantitySchema.safeParse(2_147_483_648).success).toBe(false)
  expect(statedQuantitySchema.safeParse("many").success).toBe(false)
})

it("parts of pieces add up exactly", () => {
  expect(addQuantities([0.1, 0.2])).toBe(0.3)
  expect(minusQuantity(0.3, 0.1)).toBe(0.2)
  expect(timesQuantity(0.1, 3)).toBe(0.3)
})

it("parts make whole pieces, unless a part of a piece is asked for", () => {
  expect([piecesMade(5, 2, 3), piecesMade(5, 2, 2.5), piecesMade(0.3, 0.1, 3), piecesMade(1, 3, 0.5)]).toEqual([2, 2.5, 3, 0.333333])
})

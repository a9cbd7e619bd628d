import type { Finding } from "../check"
import { named, well } from "../check"
import { priceDecimalsFinding } from "../checks/currencies"
import { keyFinding } from "../checks/key"
import { scoreOf } from "../examine"

const finding = (check: Finding["check"], state: Finding["state"]): Finding => ({ check, state, sentence: "It is so.", remedy: null })

describe("the score", () => {
  it("is the share of the checks that are well among those that could be made", () => {
    expect(scoreOf([finding("clock", "well"), finding("taxes", "well")])).toBe(100)
    expect(scoreOf([finding("clock", "well"), finding("taxes", "mend"), finding("rights", "unknown")])).toBe(50)
    expect(scoreOf([finding("clock", "unknown")])).toBe(0)
  })

  it("counts a check once, however much it has found", () => {
    expect(scoreOf([finding("clock", "well"), finding("taxes", "mend"), finding("taxes", "mend"), finding("rights", "mend"), finding("rights", "well")])).toBe(33)
  })
})

describe("the end of an API key", () => {
  it("is told two weeks before", () => {
    expect(keyFinding([15])).toEqual([well("key", "An API key of the user in Odoo is good for 15 days.")])
    expect(keyFinding([14])).toMatchObject([{ state: "mend", sentence: "The API key of the user in Odoo ends in 14 days." }])
    expect(keyFinding([1])).toMatchObject([{ state: "mend", sentence: "The API key of the user in Odoo ends in 1 day." }])
  })

  it("of several is certain only where all end", () => {
    expect(keyFinding([3, 9])).toMatchObject([{ state: "mend", sentence: "The last API key of the user in Odoo ends in 9 days." }])
    expect(keyFinding([3, Infinity])).toEqual([
      well("key", "An API key of the user in Odoo does not end. One of the user's 2 keys ends in 3 days: see in Odoo whether that is the shop's."),
    ])
  })

  it("is left out where Odoo shows no key", () => {
    expect(keyFinding([])).toEqual([])
  })
})

describe("the decimals of prices", () => {
  it("are a fault where Odoo rounds to fewer than a currency has, as before Odoo 19", () => {
    expect(priceDecimalsFinding([16, 2], ["EUR", "KWD", "JPY"])).toMatchObject({
      state: "mend",
      sentence: "Odoo rounds prices to 2 decimals, and KWD has more.",
      remedy: expect.stringContaining('Set "Product Price" to 3 digits') as string,
    })
  })

  it.each([[false], [[16, 3]]])("are none where Odoo describes them as %j", (digits) => {
    expect(priceDecimalsFinding(digits, ["EUR", "KWD"])).toMatchObject({ state: "well" })
  })
})

describe("names in a sentence", () => {
  it("are at most twenty", () => {
    const names = Array.from({ length: 22 }, (_, index) => `S${String(index + 1)}`)
    expect(named(names)).toMatch(/^S1, S2, .*, S20 and 2 more$/)
    expect(named(names.slice(0, 20))).toMatch(/, S20$/)
  })
})

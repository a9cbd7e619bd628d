import { BigNumber } from "bignumber.js"
import fc from "fast-check"

import { currencyDecimals, toAmount, toWireAmount } from "../money"

describe("toWireAmount", () => {
  it.each([
    ["5", "kwd", 5000],
    ["1.255", "KWD", 1255],
    ["19.99", "usd", 1999],
    ["500", "jpy", 500],
    ["1.2345", "clf", 12345],
    ["0.1", "eur", 10],
    ["-4.35", "eur", -435],
    ["1.005", "usd", 101],
    ["-1.005", "usd", -101],
    ["8.1249999", "bhd", 8125],
    ["-0.000000000000019", "eur", 0],
  ])("%s %s is %i in the minor unit", (amount, currency, minor) => {
    expect(toWireAmount(new BigNumber(amount), currency, "minor")).toBe(minor)
  })

  it("speaks major units where the store wants them", () => {
    expect(toWireAmount(new BigNumber("19.994"), "usd", "major")).toBe(19.99)
    expect(toWireAmount(new BigNumber("1.255"), "kwd", "major")).toBe(1.255)
  })

  it("never loses a minor unit, whatever the amount and currency", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom("jpy", "usd", "kwd", "clf"), (minor, currency) => {
        const text = new BigNumber(minor).shiftedBy(-currencyDecimals(currency)).toFixed()
        expect(toWireAmount(toAmount(text), currency, "minor")).toBe(minor)
      })
    )
  })
})

describe("toAmount", () => {
  it("reads the exact digits behind a number that binary floating point can not hold", () => {
    const wrapped = { numeric: 0.30000000000000004, raw: { value: "0.3", precision: 20 } }
    expect(toAmount(wrapped).toFixed()).toBe("0.3")
    expect(toAmount({ value: "123456789012345678.123" }).toFixed()).toBe("123456789012345678.123")
    expect(toAmount(0.1).plus(toAmount(0.2)).toFixed()).toBe("0.3")
    expect(toAmount(null).toFixed()).toBe("0")
  })

  it("refuses what is not an amount", () => {
    expect(() => toAmount("a lot")).toThrow(TypeError)
    expect(() => toAmount(NaN)).toThrow(TypeError)
  })
})

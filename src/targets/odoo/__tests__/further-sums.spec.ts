import { furtherSums } from "../shop-order"

/** An order of one article, in dollars, with a tenth of its price as tax. */
const order = (price: string, total: string) => ({
  currency_code: "usd",
  items: [{ subtotal: price, discount_subtotal: 0, tax_total: Number(total) - Number(price), total }],
  shipping_methods: [],
  discount_subtotal: 0,
  tax_total: Number(total) - Number(price),
  total,
})

describe("the totals of what exchanges and claims send", () => {
  it("come with the total of what was ordered to the total of the order, though each has fractions of a cent", () => {
    const further = furtherSums(order("0.05", "0.055"), [order("0.05", "0.055"), order("0.05", "0.055")])
    // 0.06 was ordered; all three come to 0.165
    expect(further.map(({ total }) => total.toFixed(2))).toEqual(["0.05", "0.06"])
  })

  it("are the rounded totals where there are no fractions", () => {
    expect(furtherSums(order("10.00", "11.00"), [order("2.00", "2.20")]).map(({ total }) => total.toFixed(2))).toEqual(["2.20"])
  })
})

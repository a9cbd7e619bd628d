import { createPromotionsWorkflow } from "@medusajs/medusa/core-flows"
import fc from "fast-check"

import { readWholeOrder } from "../../src/queries/read-orders"
import { roundedOrderAmounts } from "../../src/wire/rounded-amounts"
import { openMarkets, type Market } from "../support/region"
import { runs } from "../support/replay"
import { KUWAIT_SHOP, type Shop } from "../support/shop"
import { ADDRESS, Shopper } from "../support/shopper"
import { directSuite, haveProducts, haveTax } from "./direct-suite"

/** How many carts become sale orders. */
const RUNS = runs(6, 100)

const SKUS = ["SHIRT-S", "SHIRT-M", "MUG-WHITE"]

const MARKETS: Market[] = [
  { currencyCode: "usd", countryCode: "us", taxRate: 8.875, taxInclusive: false, price: 19.99, shippingPrice: 4.95 },
  { currencyCode: "jpy", countryCode: "jp", taxRate: 10, taxInclusive: true, price: 1999, shippingPrice: 550 },
]

/** The promotions of a currency, by their codes. */
const PROMOTIONS = {
  THIRD: { type: "percentage", target_type: "items", value: 33.3 },
  LESS: { type: "fixed", target_type: "order", value: 3 },
  FREE: { type: "percentage", target_type: "items", value: 100 },
  SHIPS: { type: "percentage", target_type: "shipping_methods", value: 100 },
} as const

const CODES = Object.keys(PROMOTIONS) as (keyof typeof PROMOTIONS)[]

/** A cart of one of the markets: opening them has taken the prices in the shop's first currency away. */
const aCart = fc.record({
  market: fc.nat(MARKETS.length - 1),
  lines: fc.uniqueArray(fc.record({ sku: fc.constantFrom(...SKUS), quantity: fc.integer({ min: 1, max: 7 }) }), { selector: ({ sku }) => sku, minLength: 1 }),
  codes: fc.uniqueArray(fc.constantFrom(...CODES), { maxLength: 2 }),
})

directSuite({ shop: { ...KUWAIT_SHOP, stock: 100_000 } }, ({ bench, odoo, settled, salesOf }) => {
  let shops: (Shop & { countryCode: string })[]

  beforeAll(async () => {
    await haveProducts(odoo, SKUS)
    await haveTax(odoo, 8.875, false)
    await haveTax(odoo, 10, true)
    const opened = await openMarkets(bench.container, bench.shop, MARKETS)
    shops = MARKETS.map(({ currencyCode, countryCode }) => ({ ...opened[currencyCode]!, countryCode }))
    await createPromotionsWorkflow(bench.container).run({
      input: {
        promotionsData: shops.flatMap(({ currencyCode }) =>
          CODES.map((code) => {
            const { type, target_type: target, value } = PROMOTIONS[code]
            const each = target === "order" ? {} : { allocation: "across" as const }
            return {
              code: `${code}-${currencyCode}`,
              type: "standard" as const,
              status: "active" as const,
              is_automatic: false,
              application_method: { type, target_type: target, value, currency_code: currencyCode, ...each },
            }
          })
        ),
      },
    })
  })

  it("gives each random cart a sale order of the same currency, total and tax", async () => {
    for (const { market, lines, codes } of fc.sample(aCart, RUNS)) {
      const shop = shops[market]!
      const shopper = new Shopper(bench.client.defaults.baseURL ?? "", shop)
      const { id } = await shopper.buy(lines, {
        address: { ...ADDRESS, country_code: shop.countryCode },
        promotionCodes: codes.map((code) => `${code}-${shop.currencyCode}`),
      })
      const message = await settled(id, ["delivered", "failed", "waiting"])
      const order = (await readWholeOrder(bench.container, id))!
      const { total, tax } = roundedOrderAmounts(order)
      // adding 0 turns -0 into 0
      const cart = JSON.stringify({ currency: shop.currencyCode, lines, codes })
      expect([cart, message, (await salesOf(id)).map((sale) => [sale.currency_id[1], sale.amount_total, sale.amount_tax, sale.state])]).toEqual([
        cart, null, [[shop.currencyCode.toUpperCase(), total.toNumber() + 0, tax.toNumber() + 0, "sale"]],
      ])
    }
  }, 1_800_000)
})

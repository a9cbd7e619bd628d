import { BigNumber } from "bignumber.js"
import fc from "fast-check"

import type { CreateOrderDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { readWholeOrder } from "../../src/queries/read-orders"
import { roundedOrderAmounts } from "../../src/wire/rounded-amounts"
import { captureOrdersWorkflow, deliverEventsWorkflow } from "../../src/workflows"
import { anOrder } from "../support/random-orders"
import { REPLAY, runs, RUNS_WHOLE } from "../support/replay"
import { ADDRESS } from "../support/shopper"
import { waitFor } from "../support/wait"
import { directSuite, haveProducts, haveTax } from "./direct-suite"

/** How many orders become sale orders. */
const RUNS = runs(20, 200)

const SKUS = ["SHIRT-S", "SHIRT-M", "MUG-WHITE"]

/** Percents of sales taxes, and in which of the two forms Odoo has them. */
const RATES = [
  { rate: 5, forms: [true, false] },
  { rate: 8.875, forms: [false] },
  { rate: 15, forms: [false] },
  { rate: 19, forms: [true] },
  { rate: 20, forms: [true, false] },
] as const

type Bought = typeof anOrder extends fc.Arbitrary<infer O> ? O : never

/** An order with taxes that Odoo has, and with quantities that it can count. */
function withTaxesOfOdoo(order: Bought, random: readonly number[]): CreateOrderDTO {
  let next = 0
  const draw = (below: number) => (random[next++ % random.length] ?? 0) % below
  const taxLines = () => (draw(4) === 0 ? [] : [{ code: "VAT", rate: RATES[draw(RATES.length)]!.rate }])
  const items = order.items.map((item) => ({
    ...structuredClone(item),
    quantity: Math.max(0.01, new BigNumber(item.quantity).decimalPlaces(2).toNumber()),
    tax_lines: taxLines(),
    variant_sku: SKUS[draw(SKUS.length)]!,
  }))
  return {
    ...structuredClone(order),
    items,
    shipping_methods: order.shipping_methods.map((method) => ({ ...structuredClone(method), tax_lines: taxLines() })),
    email: `random.${String(draw(3))}@example.com`,
    shipping_address: { ...ADDRESS },
    billing_address: { ...ADDRESS },
  }
}

directSuite({}, ({ bench, odoo }) => {
  describe.each(["round_globally", "round_per_line"])("an Odoo that rounds taxes by %s", (rounding) => {
    beforeAll(async () => {
      await haveProducts(odoo, SKUS)
      for (const { rate, forms } of RATES) {
        for (const isInclusive of forms) {
          await haveTax(odoo, rate, isInclusive)
        }
      }
    })

    it("gives each random order a sale order of the same total and tax", async () => {
      await odoo.call("res.company", "write", { ids: [1], vals: { tax_calculation_rounding_method: rounding } })
      const drawn = fc.sample(fc.tuple(anOrder, fc.array(fc.nat(1000), { minLength: 30, maxLength: 30 })), { numRuns: RUNS, ...(RUNS_WHOLE ? {} : { seed: 7 }), ...REPLAY })
      const orders = bench.container.resolve(Modules.ORDER)
      const ids: string[] = []
      for (const [order, random] of drawn) {
        ids.push((await orders.createOrders(withTaxesOfOdoo(order, random))).id)
      }
      await captureOrdersWorkflow(bench.container).run({ input: { ids } })
      await deliverEventsWorkflow(bench.container).run()
      const deliveries = await waitFor("all orders are told", async () => {
        const all = await bench.odoo.listOdooDeliveries({ record_id: ids, destination_id: "odoo", name: "order.created" }, { take: 1_000 })
        return all.length === ids.length && all.every(({ status }) => status === "delivered" || status === "failed") && all
      }, 900_000)
      const failed = deliveries.filter(({ status }) => status === "failed").map(({ record_id, error_message }) => [record_id, error_message])
      expect(failed).toEqual([])
      const sales = await odoo.searchRead("sale.order", { domain: [["x_medusa_order_id", "in", ids]], fields: ["x_medusa_order_id", "amount_total", "amount_tax", "state", "currency_id"] })
      expect(sales).toHaveLength(ids.length)
      for (const id of ids) {
        const order = (await readWholeOrder(bench.container, id))!
        const { total, tax } = roundedOrderAmounts(order)
        const sale = sales.find(({ x_medusa_order_id: medusaId }) => medusaId === id)!
        expect([id, sale.amount_total, sale.amount_tax, sale.state]).toEqual([id, total.toNumber() + 0, tax.toNumber() + 0, "sale"])
      }
    }, 1_800_000)
  })
})

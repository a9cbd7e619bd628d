import fc from "fast-check"

import type { CreateOrderDTO } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { readOrder, readOrders, readOrderStatuses } from "../../src/queries/read-orders"
import type { OrderDetail } from "../../src/wire/order-detail"
import type { OrderDocument } from "../../src/wire/order-document"
import { captureOrdersWorkflow } from "../../src/workflows"
import { aLife, LivingOrder } from "../support/order-life"
import { inOrder, ordersByMedusa } from "../support/orders-by-medusa"
import { anOrder } from "../support/random-orders"
import { REPLAY, REPLAYS_CASE, runs, RUNS_WHOLE } from "../support/replay"
import { ADDRESS } from "../support/shopper"
import { shopSuite, type Bench } from "../support/suite"

/** How many orders are placed and live through something random. */
const RUNS = runs(25, 100)

const asListed = ({ payments: _, fulfillments: __, refunds: ___, ...order }: OrderDetail): OrderDocument => order

/** Customers of all kinds, variants that Odoo knows in either way, and one that is gone. */
async function prepare(bench: Bench) {
  const { container, shop } = bench
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const customers = container.resolve(Modules.CUSTOMER)
  const made = await customers.createCustomers([
    { email: "Account@Example.com", first_name: "Noor", phone: "+965", has_account: true },
    { email: "guest@example.com", has_account: false },
    { email: "gone@example.com", first_name: "Gone", has_account: true },
  ])
  await customers.softDeleteCustomers([made[2]!.id])
  const variants = Object.values(shop.variants).map(({ id }) => id)
  await db("product_variant").where("id", variants[0]!).update({ metadata: JSON.stringify({ odoo_id: 7, note: "x" }), weight: 250 })
  await db("product").where("handle", "coffee-mug").update({ metadata: JSON.stringify({ odoo_id: "12" }) })
  await db("product_variant").where("id", variants[1]!).update({ deleted_at: new Date() })
  return { customerIds: made.map(({ id }) => id), variantIds: variants }
}

/** What any of the orders has lived through: without it the rest would show little. */
async function experiences({ container }: Bench) {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { rows } = await db.raw<{ rows: Record<string, boolean>[] }>(
    `SELECT bool_or(version > 1) AS edited, bool_or(status = 'canceled') AS canceled,
       EXISTS (SELECT 1 FROM order_exchange) AS exchanged,
       EXISTS (SELECT 1 FROM order_item WHERE quantity <> round(quantity)) AS parted,
       EXISTS (SELECT 1 FROM order_item WHERE return_received_quantity > 0) AS returned,
       EXISTS (SELECT 1 FROM order_item WHERE return_dismissed_quantity > 0) AS damaged,
       EXISTS (SELECT 1 FROM order_credit_line WHERE version > 1) AS credited
     FROM "order"`
  )
  return rows[0]
}

/** What an order says beside its amounts. */
const someParticulars = fc.record({
  customer: fc.option(fc.nat(2)),
  email: fc.option(fc.constantFrom("Guest@Example.com", "a@b.c"), { nil: undefined }),
  shipping: fc.option(fc.constantFrom(ADDRESS, { first_name: "Only" }), { nil: undefined }),
  billing: fc.option(fc.constantFrom(ADDRESS, { city: "Kuwait City", phone: "+965" }), { nil: undefined }),
  metadata: fc.constantFrom(null, {}, { gift: true, odoo_status: "sale", odoo_synced: "by hand" }),
  variants: fc.array(fc.option(fc.nat(2)), { minLength: 6, maxLength: 6 }),
  draft: fc.boolean(),
})

shopSuite({}, (bench) => {
  describe("the document of an order", () => {
    it(
      "is what Medusa's own query, arithmetic and helpers say of it, whatever the order and whatever became of it",
      async () => {
        // an Odoo that takes orders without naming its own, which would change what is compared
        bench.standIn.answer = () => ({ body: { success: true } })
        const { customerIds, variantIds } = await prepare(bench)
        const orders = bench.container.resolve(Modules.ORDER)
        const ids: string[] = []
        await fc.assert(
          fc.asyncProperty(anOrder, someParticulars, aLife, async (bought, particulars, life) => {
            const { customer, email, shipping, billing, metadata, variants, draft } = particulars
            const input = {
              ...structuredClone(bought),
              items: bought.items.map((item, index) => {
                const variant = variants[index] ?? null
                return { ...structuredClone(item), ...(variant === null ? {} : { variant_id: variantIds[variant], variant_sku: `SKU-${String(variant)}`, product_title: "Known" }) }
              }),
              ...(customer === null ? {} : { customer_id: customerIds[customer] }),
              ...(email === undefined ? {} : { email }),
              ...(shipping === undefined ? {} : { shipping_address: { ...shipping } }),
              ...(billing === undefined ? {} : { billing_address: { ...billing } }),
              metadata,
              is_draft_order: draft,
            } as CreateOrderDTO
            const { id } = await orders.createOrders(input)
            await new LivingOrder(bench.container, id).live(life)
            ids.push(id)
            const [expected] = await ordersByMedusa(bench.container, [id])
            expect(inOrder(await readOrder(bench.container, id))).toEqual(expected)
            expect(await readOrders(bench.container, [id])).toEqual([asListed(expected!)])
            const { display_id, status, payment_status, fulfillment_status } = expected!
            expect(await readOrderStatuses(bench.container, [id])).toEqual([{ id, display_id, status, payment_status, fulfillment_status, revision: expect.any(String) }])
          }),
          { numRuns: RUNS, endOnFailure: !REPLAYS_CASE, ...REPLAY }
        ).finally(() => captureOrdersWorkflow(bench.container).run({ input: { ids } }))
        // all of them on one page
        const pulled = await readOrders(bench.container, ids)
        expect(pulled).toEqual((await ordersByMedusa(bench.container, ids)).map(asListed))
        if (RUNS_WHOLE) {
          expect(await experiences(bench)).toEqual({
            edited: true, canceled: true, exchanged: true, parted: true, returned: true, damaged: true, credited: true,
          })
        }
      },
      30 * 60_000
    )
  })
})

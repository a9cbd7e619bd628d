import { OrderStatus } from "@medusajs/framework/utils"
import { createPromotionsWorkflow } from "@medusajs/medusa/core-flows"

import type { OrderDocument } from "../../src/wire/order-document"
import { KUWAIT_SHOP } from "../support/shop"
import { leastStatements } from "../support/statements"
import { shopSuite, type Bench } from "../support/suite"

type OrderList = {
  orders: OrderDocument[]
  total: number
  limit: number
  offset: number
  pagination: { total: number; limit: number; offset: number; has_more: boolean; next_cursor: string | null }
}

/** The module takes it, though its types do not know it. */
const DRAFT = { is_draft_order: true }

const addsUp = (order: OrderDocument) =>
  order.items.reduce((sum, item) => sum + item.subtotal, 0) - order.discount_total + order.shipping_total + order.tax_total

async function list(bench: Bench, query = ""): Promise<OrderList> {
  const { status, data } = await bench.client.get<OrderList>(`/odoo/orders${query}`)
  expect(status).toBe(200)
  return data
}

const buyMugs = async (bench: Bench, count: number) => {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    ids.push((await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])).id)
  }
  return ids
}

// a tax that no price divides evenly, in a currency of three decimals
shopSuite({ shop: { ...KUWAIT_SHOP, taxRate: 7.7 } }, (bench) => {
  describe("GET /odoo/orders", () => {
    it("shows orders oldest first, in both list shapes, page by page without a gap or a repeat", async () => {
      const ids = await buyMugs(bench, 3)
      const all = await list(bench)
      expect(all.orders.map((order) => order.id)).toEqual(ids)
      expect(all).toMatchObject({ total: 3, limit: 50, offset: 0 })
      expect(all.pagination).toEqual({ total: 3, limit: 50, offset: 0, has_more: false, next_cursor: null })
      const second = await list(bench, "?limit=1&offset=1")
      expect(second.orders.map((order) => order.id)).toEqual([ids[1]])
      expect(second.pagination.has_more).toBe(true)
      const seen: string[] = []
      for (let cursor: string | null = ""; cursor !== null; ) {
        const page: OrderList = await list(bench, `?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`)
        seen.push(...page.orders.map((order) => order.id))
        cursor = page.pagination.next_cursor
      }
      expect(seen).toEqual(ids)
    })

    it("shows amounts in minor units that add up to Medusa's own total, with tax and a discount", async () => {
      await createPromotionsWorkflow(bench.container).run({
        input: {
          promotionsData: [
            {
              code: "THIRD",
              type: "standard",
              status: "active",
              application_method: { type: "percentage", target_type: "items", allocation: "across", value: 33.3, currency_code: "kwd" },
            },
          ],
        },
      })
      const placed = await bench.shopper.buy(
        [
          { sku: "MUG-WHITE", quantity: 3 },
          { sku: "SHIRT-M", quantity: 1 },
        ],
        { promotionCodes: ["THIRD"] }
      )
      const [order] = (await list(bench)).orders
      expect(order!.total).toBe(Math.round(placed.total * 1000))
      expect(order!.discount_total).toBe(Math.round(9015 * 0.333))
      expect(order!.tax_total).toBeGreaterThan(0)
      expect(order!.subtotal).toBe(9015)
      expect(addsUp(order!)).toBe(order!.total)
      for (const amount of [order!.total, order!.tax_total, ...order!.items.flatMap((item) => [item.unit_price, item.total, item.tax_total])]) {
        expect(Number.isInteger(amount)).toBe(true)
      }
    })

    it("filters by status, time and link", async () => {
      const ids = await buyMugs(bench, 2)
      const orders = bench.container.resolve("order")
      await orders.cancel(ids[0]!)
      const idsOf = async (query: string) => (await list(bench, query)).orders.map((order) => order.id)
      expect(await idsOf("?status=cancelled")).toEqual([ids[0]])
      expect(await idsOf("?status=canceled,pending")).toEqual(ids)
      expect(await idsOf("?status=archived")).toEqual([])
      const [first] = (await list(bench)).orders
      expect(await idsOf(`?date_from=${first!.created_at}&date_to=${first!.created_at}`)).toEqual([ids[0]])
      expect(await idsOf("?date_to=2000-01-01")).toEqual([])
      expect(await idsOf(`?updated_since=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([])
      await bench.client.post(`/odoo/orders/${ids[1]!}/synced`, { odoo_order_id: 5 })
      expect(await idsOf("?synced=true&status=pending")).toEqual([ids[1]])
      expect((await list(bench, "?synced=true&limit=1")).total).toBeGreaterThanOrEqual(1)
    })

    it("leaves out drafts unless they are asked for", async () => {
      const draft = await bench.container.resolve("order").createOrders({ currency_code: "kwd", status: OrderStatus.DRAFT, ...DRAFT })
      expect((await list(bench)).orders).toEqual([])
      expect((await list(bench, "?status=draft")).orders.map((order) => order.id)).toEqual([draft.id])
    })

    it("asks the database as often for many orders as for one", async () => {
      const statementsOf = (query: string) => leastStatements(() => list(bench, query))
      await buyMugs(bench, 4)
      // the second time, so that what is read once for a process does not count
      await list(bench)
      const one = await statementsOf("?limit=1")
      expect(one).toBeGreaterThan(0)
      expect(await statementsOf("?limit=4")).toBeLessThanOrEqual(one + 1)
    })
  })

  describe("POST /odoo/orders/{id}/synced", () => {
    const unlinked = async () => {
      bench.standIn.answer = () => ({ body: { success: true } })
      const [id] = await buyMugs(bench, 1)
      return id!
    }
    const synced = (id: string, body: unknown) => bench.client.post(`/odoo/orders/${id}/synced`, body)

    it("links the order, by Medusa's id or by the display id, and may be repeated", async () => {
      const id = await unlinked()
      const first = await synced(id, { odoo_order_id: 7, odoo_order_name: "S00007", synced_at: "2026-11-21 10:00:00" })
      expect(first.status).toBe(200)
      expect(first.data).toEqual({
        success: true,
        order_id: id,
        odoo_order_id: 7,
        odoo_order_name: "S00007",
        synced_at: "2026-11-21T10:00:00.000Z",
      })
      const [order] = (await list(bench)).orders
      expect((await synced(String(order!.display_id), { odoo_order_id: "7" })).data).toEqual(first.data)
      expect((await synced(id, { odoo_order_id: [7, "S00007"] })).data).toEqual(first.data)
      expect(order!.odoo).toMatchObject({ synced: true, odoo_order_id: 7, odoo_order_name: "S00007" })
      const { metadata } = await bench.container.resolve("order").retrieveOrder(id)
      expect(metadata).toEqual({ odoo_synced: true, odoo_order_id: 7, odoo_order_name: "S00007", odoo_sync_date: "2026-11-21T10:00:00.000Z" })
    })

    it("keeps what other metadata the order has", async () => {
      const id = await unlinked()
      await bench.container.resolve("order").updateOrders(id, { metadata: { gift: "yes" } })
      await synced(id, { odoo_order_id: 7 })
      const { metadata } = await bench.container.resolve("order").retrieveOrder(id)
      expect(metadata).toMatchObject({ gift: "yes", odoo_order_id: 7 })
    })

    it("refuses another Odoo order and names the present one, unless it is forced", async () => {
      const id = await unlinked()
      await synced(id, { odoo_order_id: 7, odoo_order_name: "S00007" })
      const refused = await synced(id, { odoo_order_id: 8 })
      expect(refused.status).toBe(409)
      expect(refused.data.error).toMatchObject({ code: "CONFLICT", details: { odoo_id: 7, odoo_name: "S00007" } })
      const forced = await synced(id, { odoo_order_id: 8, force: true })
      expect([forced.status, forced.data.odoo_order_id, forced.data.odoo_order_name]).toEqual([200, 8, null])
    })

    it("links one order once when two Odoos say so at the same time", async () => {
      const id = await unlinked()
      const answers = await Promise.all([1, 2, 3, 4, 5].map((odoo_order_id) => synced(id, { odoo_order_id })))
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409])
    })

    it("answers NOT_FOUND for an order that is not there, and says what is wrong with a body", async () => {
      for (const id of ["order_nothing", "999", "99999999999999999999"]) {
        const { status, data } = await synced(id, { odoo_order_id: 7 })
        expect([id, status, data.error.code]).toEqual([id, 404, "NOT_FOUND"])
      }
      for (const body of [{}, { odoo_order_id: false }, { odoo_order_id: 1.5 }, { odoo_order_id: 0 }, { odoo_order_id: 7, synced_at: "soon" }, []]) {
        const { status, data } = await synced("order_nothing", body)
        expect([status, data.error.code]).toEqual([400, "VALIDATION_ERROR"])
      }
    })
  })
})

import { odooSuite } from "./odoo-suite"
import { listEvents } from "../support/events"

type Sale = {
  name: string
  state: string
  client_order_ref: string
  partner_id: [id: number, name: string]
  amount_total: number
}

type Line = { product_id: [id: number, name: string]; product_uom_qty: number; price_unit: number }

const HOW_TO_INSTALL =
  "Odoo has no addon medusa_older, which is made around the older controller:\n" +
  "  node integration-tests/odoo/make-addons.mjs <folder>, and start Odoo with these addons"

odooSuite(({ bench, odoo, configure, newEmail, eventIs }) => {
  describe("a controller that takes nothing but placed orders", () => {
    beforeAll(async () => {
      if ((await odoo.search("ir.module.module", [["name", "=", "medusa_older"], ["state", "=", "installed"]], [])).length === 0) {
        throw new Error(HOW_TO_INSTALL)
      }
    })

    beforeEach(() => {
      configure({ path: "/api/medusa/order-created" })
    })

    const saleOf = async (orderId: string) => {
      await eventIs("delivered", "order", orderId)
      const sales = await odoo.search<Sale>(
        "sale.order", [["x_medusa_order_id", "=", orderId]], ["name", "state", "client_order_ref", "partner_id", "amount_total"]
      )
      expect(sales).toHaveLength(1)
      return sales[0]!
    }

    it("makes a confirmed sale order of an order, which is linked to it, and finds its buyer again", async () => {
      const email = newEmail()
      const placed = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }], { email })
      const sale = await saleOf(placed.id)
      expect(sale).toMatchObject({ state: "sale", client_order_ref: `MEDUSA-${String(placed.display_id)}` })
      const lines = await odoo.search<Line>("sale.order.line", [["order_id", "=", sale.id]], ["product_id", "product_uom_qty", "price_unit"])
      expect(lines).toMatchObject([{ product_id: [expect.any(Number), "[SHIRT-M] Product SHIRT-M"], product_uom_qty: 2, price_unit: 5.25 }])
      expect((await bench.odoo.links.of("order", [placed.id])).get(placed.id)).toMatchObject({ odoo_id: String(sale.id), odoo_name: sale.name })
      const [partner] = await odoo.search<{ name: string; x_medusa_customer_id: string }>(
        "res.partner", [["email", "=", email]], ["name", "x_medusa_customer_id"]
      )
      const [customer] = await bench.container.resolve("customer").listCustomers({ email })
      expect(partner).toMatchObject({ id: sale.partner_id[0], name: "Layla Al-Sabah", x_medusa_customer_id: customer!.id })
      const again = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }], { email })
      expect((await saleOf(again.id)).partner_id[0]).toBe(partner!.id)
    })

    it("is told of nothing else, so that nothing fails", async () => {
      const placed = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 1 }], { email: newEmail() })
      await saleOf(placed.id)
      const cancellation = await (await bench.admin()).post(`/admin/orders/${placed.id}/cancel`)
      expect(cancellation.status).toBe(200)
      const later = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }], { email: newEmail() })
      await saleOf(later.id)
      const tried = (await listEvents(bench.odoo, {})).filter((event) => event.attempts > 0)
      expect(tried.map((event) => [event.name, event.record_id, event.status]).sort()).toEqual(
        [placed.id, later.id].map((id) => ["order.created", id, "delivered"]).sort()
      )
    })
  })
// the controller refuses every other event
}, { ODOO_WEBHOOK_EVENTS: "order.created" })

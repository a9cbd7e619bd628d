import {
  cancelOrderWorkflow,
  createCustomersWorkflow,
  createPromotionsWorkflow,
  updateCustomersWorkflow,
} from "@medusajs/medusa/core-flows"

import { ADDRESS } from "../support/shopper"
import { odooSuite, RECEIVERS } from "./odoo-suite"
import { retrieveEvent, updateEvent } from "../support/events"

type SaleLine = { name: string; product_id: [number, string]; product_uom_qty: number; price_unit: number; price_subtotal: number }

type Partner = { name: string; email: string; phone: string; street: string; city: string; zip: string; country_code: string }

const PARTNER_FIELDS: (keyof Partner)[] = ["name", "email", "phone", "street", "city", "zip", "country_code"]

const MUG = [{ sku: "MUG-WHITE", quantity: 1 }]

odooSuite(({ bench, odoo, configure, newEmail, eventIs, attemptNow, saleOf, salesOf }) => {
  const linesOf = (saleId: number) =>
    odoo.search<SaleLine>("sale.order.line", [["order_id", "=", saleId]], ["name", "product_id", "product_uom_qty", "price_unit", "price_subtotal"])

  const partner = async (id: number) => (await odoo.search<Partner>("res.partner", [["id", "=", id]], PARTNER_FIELDS))[0]

  const partnersOf = (email: string) => odoo.search<Partner>("res.partner", [["email", "=", email]], PARTNER_FIELDS)

  describe.each(Object.entries(RECEIVERS))("an order that a type='%s' controller receives", (_, path) => {
    it("becomes a confirmed sale order with the buyer, the lines, the prices and the currency of the shop", async () => {
      configure({ path })
      const email = newEmail()
      const placed = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }, ...MUG], { email })
      const sale = await saleOf(placed.id)
      expect(sale).toMatchObject({ state: "sale", amount_total: 13.255 })
      expect(sale.currency_id[1]).toBe("KWD")
      expect(await partner(sale.partner_id[0])).toMatchObject({
        name: "Layla Al-Sabah",
        email,
        phone: "+96522220000",
        street: "Salem Al-Mubarak Street 12",
        city: "Kuwait City",
        zip: "20001",
        country_code: "KW",
      })
      const lines = await linesOf(sale.id)
      expect(Object.fromEntries(lines.map((line) => [line.product_id[1], [line.product_uom_qty, line.price_unit, line.price_subtotal]]))).toEqual({
        "[SHIRT-M] Product SHIRT-M": [2, 5.25, 10.5],
        "[MUG-WHITE] Product MUG-WHITE": [1, 1.255, 1.255],
        Shipping: [1, 1.5, 1.5],
      })
      expect((await bench.odoo.links.of("order", [placed.id])).get(placed.id)).toMatchObject({
        odoo_id: String(sale.id),
        odoo_name: sale.name,
      })
    })
  })

  describe("a sale order", () => {
    it("costs what the shopper pays, with a discount too", async () => {
      await createPromotionsWorkflow(bench.container).run({
        input: {
          promotionsData: [
            {
              code: "TENTH",
              type: "standard",
              status: "active",
              is_automatic: false,
              application_method: { type: "percentage", target_type: "items", allocation: "across", value: 10, currency_code: "kwd" },
            },
          ],
        },
      })
      const placed = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 1 }, ...MUG], { email: newEmail(), promotionCodes: ["TENTH"] })
      expect(placed.total).toBeLessThan(8.005)
      expect((await saleOf(placed.id)).amount_total).toBe(Math.round(placed.total * 1000) / 1000)
    })

    it("is of the partner who has the buyer's address already, in whatever case, and leaves that partner as it is", async () => {
      const email = newEmail()
      const id = await odoo.create("res.partner", { name: "Layla, by hand", email: email.replace("layla", "Layla"), street: "Elsewhere 1" })
      const sale = await saleOf((await bench.shopper.buy(MUG, { email })).id)
      expect(sale.partner_id[0]).toBe(id)
      expect(await partner(id)).toMatchObject({ name: "Layla, by hand", street: "Elsewhere 1" })
      // the goods go where the shopper wants them, all the same
      expect(await partner(sale.partner_shipping_id[0])).toMatchObject({ street: ADDRESS.address_1, city: ADDRESS.city })
    })

    it("is the same one when the order is delivered a second time", async () => {
      const placed = await bench.shopper.buy(MUG, { email: newEmail() })
      const sale = await saleOf(placed.id)
      const event = await eventIs("delivered", "order", placed.id)
      // the answer got lost, say
      await updateEvent(bench.odoo, { id: event.id, status: "pending" })
      await attemptNow(event)
      expect(await retrieveEvent(bench.odoo, event.id)).toMatchObject({ status: "delivered", attempts: 2 })
      expect(await salesOf(placed.id)).toEqual([sale])
    })
  })

  describe("a change of an order", () => {
    it("is noted on its sale order", async () => {
      const placed = await bench.shopper.buy(MUG, { email: newEmail() })
      const sale = await saleOf(placed.id)
      await cancelOrderWorkflow(bench.container).run({ input: { order_id: placed.id } })
      await eventIs("delivered", "order", placed.id, "order.status_updated")
      const notes = await odoo.search<{ body: string }>(
        "mail.message",
        [["model", "=", "sale.order"], ["res_id", "=", sale.id], ["body", "ilike", "In the shop"]],
        ["body"]
      )
      expect(notes.map(({ body }) => body)).toEqual([expect.stringContaining("pending → canceled")])
    })
  })

  describe("a customer", () => {
    const register = async (email: string) => {
      const { result } = await createCustomersWorkflow(bench.container).run({
        input: { customersData: [{ email, first_name: "Noor", last_name: "Haddad", phone: "+96522221111", has_account: true }] },
      })
      return result[0]!.id
    }

    it("becomes a partner, to whom the customer is linked", async () => {
      const email = newEmail()
      const id = await register(email)
      await eventIs("delivered", "customer", id)
      const found = await partnersOf(email)
      expect(found).toMatchObject([{ name: "Noor Haddad", phone: "+96522221111" }])
      expect((await bench.odoo.links.of("customer", [id])).get(id)).toMatchObject({ odoo_id: String(found[0]!.id) })
    })

    it("stays that partner when the profile changes, be it the address", async () => {
      const [email, changed] = [newEmail(), newEmail()]
      const id = await register(email)
      await eventIs("delivered", "customer", id)
      const [before] = await partnersOf(email)
      await updateCustomersWorkflow(bench.container).run({ input: { selector: { id }, update: { email: changed, last_name: "Al-Haddad" } } })
      await eventIs("delivered", "customer", id, "customer.updated")
      expect(await partnersOf(changed)).toMatchObject([{ id: before!.id, name: "Noor Al-Haddad" }])
      expect(await partnersOf(email)).toEqual([])
    })

    it("who buys is one partner, however close together the two are told", async () => {
      const email = newEmail()
      const id = await register(email)
      const sale = await saleOf((await bench.shopper.buy(MUG, { email })).id)
      await eventIs("delivered", "customer", id)
      expect(await partnersOf(email)).toMatchObject([{ id: sale.partner_id[0] }])
    })
  })
})

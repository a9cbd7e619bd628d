import { randomUUID } from "crypto"

import { updateProductVariantsWorkflow } from "@medusajs/medusa/core-flows"

import { waitFor } from "../support/wait"
import { odooSuite } from "./odoo-suite"
import { haveProduct } from "./shop-in-odoo"

const MUG = [{ sku: "MUG-WHITE", quantity: 1 }]

odooSuite(({ bench, odoo, line, configure, newEmail, eventIs, attemptNow, saleOf, salesOf }) => {
  const buy = async () => await bench.shopper.buy(MUG, { email: newEmail() })

  describe("an order waits, and arrives later, when Odoo", () => {
    it.each([
      ["raises an error for its users", "/medusa/faults/user-error", "rpc_error", "The fiscal year is closed"],
      ["breaks on a programmer's error", "/medusa/faults/exception", "rpc_error", "builtins.ZeroDivisionError"],
      ["has a controller with auth='none'", "/medusa/faults/no-user", "rpc_error", "use auth='public', and sudo() for the records. It said: builtins.ValueError: Expected singleton: res.users()"],
      ["breaks in a type='http' controller", "/medusa/faults/http", "http", "Odoo answered 500."],
      ["refuses in its own words", "/medusa/faults/refusal", "refused", "Invalid event"],
      ["has no such route", "/medusa/nowhere", "http", "no such route"],
    ])("%s", async (_, path, errorClass, message) => {
      configure({ path })
      const placed = await buy()
      const event = await eventIs("waiting", "order", placed.id)
      expect(event).toMatchObject({ attempts: 1, error_class: errorClass, error_message: expect.stringContaining(message) })
      expect(JSON.stringify(await bench.odoo.listOdooAttempts({}))).not.toContain("Traceback")
      expect(await salesOf(placed.id)).toEqual([])
      configure({})
      await attemptNow(event)
      expect(await saleOf(placed.id)).toMatchObject({ state: "sale" })
    })

    it("has no such database", async () => {
      configure({ database: "a_database_that_is_not_there" })
      const placed = await buy()
      const event = await eventIs("waiting", "order", placed.id)
      expect(event.error_class).toBe("http")
      configure({})
      await attemptNow(event)
      await saleOf(placed.id)
    })

    it("does not know the product yet, and is told its SKU", async () => {
      const sku = `NEW-${randomUUID()}`
      await updateProductVariantsWorkflow(bench.container).run({
        input: { product_variants: [{ id: bench.shop.variants["MUG-WHITE"]!.id, sku }] },
      })
      const placed = await buy()
      const event = await eventIs("waiting", "order", placed.id)
      expect(event.error_message).toContain(`There is no product with the SKU '${sku}'`)
      await haveProduct(odoo, sku)
      await attemptNow(event)
      await saleOf(placed.id)
    })

    it("knows another secret", async () => {
      configure({ secrets: ["whsec_YW5vdGhlciBzZWNyZXQgb2Ygb3Vycw=="] })
      const placed = await buy()
      const event = await eventIs("waiting", "order", placed.id)
      expect(event).toMatchObject({ error_class: "refused", error_message: expect.stringContaining("signature is wrong") })
      configure({})
      await attemptNow(event)
      await saleOf(placed.id)
    })
  })

  describe("Odoo is slow", () => {
    it("and an order that it has taken after the time was out is still one sale order", async () => {
      configure({ path: "/medusa/faults/slow", timeoutMs: 500 })
      const placed = await buy()
      const event = await eventIs("waiting", "order", placed.id)
      expect(event).toMatchObject({ error_class: "timeout", attempts: 1 })
      await waitFor("Odoo is through with it", async () => (await salesOf(placed.id)).length > 0)
      configure({})
      await attemptNow(event)
      const sale = await saleOf(placed.id)
      expect((await bench.odoo.links.of("order", [placed.id])).get(placed.id)).toMatchObject({ odoo_id: String(sale.id) })
    })

    it("and an order that comes again while the first is still at work is one sale order, too", async () => {
      configure({ path: "/medusa/faults/slow", timeoutMs: 500 })
      const placed = await buy()
      const event = await eventIs("waiting", "order", placed.id)
      configure({})
      await attemptNow(event)
      await saleOf(placed.id)
    })
  })

  describe("Odoo is down", () => {
    it("and orders placed meanwhile arrive when it is up again, each once, those of one new buyer with one partner", async () => {
      await line.cut()
      const email = newEmail()
      const buyAgain = async () => await bench.shopper.buy(MUG, { email })
      const placed = [await buyAgain(), await buyAgain(), await buyAgain()]
      const waiting = await Promise.all(placed.map(({ id }) => eventIs("waiting", "order", id)))
      for (const event of waiting) {
        expect(event).toMatchObject({ error_class: "transport", error_message: expect.stringContaining("ECONNREFUSED") })
      }
      await line.mend()
      await Promise.all(waiting.map(attemptNow))
      const sales = await Promise.all(placed.map(({ id }) => saleOf(id)))
      expect(new Set(sales.map((sale) => sale.id)).size).toBe(3)
      expect(new Set(sales.map((sale) => sale.partner_id[0])).size).toBe(1)
    })

    it("in the middle of an answer, and what it has taken before is not taken twice", async () => {
      configure({ path: "/medusa/faults/slow" })
      const placed = await buy()
      await waitFor("the order is at Odoo", () => line.isBusy)
      await line.cut()
      const event = await eventIs("waiting", "order", placed.id)
      expect(event.error_class).toBe("transport")
      await line.mend()
      configure({})
      await attemptNow(event)
      await saleOf(placed.id)
    })
  })

  describe("a secret that is being rotated", () => {
    it("serves an Odoo that knows only the new one, or only the old one", async () => {
      const [old, present] = bench.odoo.options.webhook.secrets
      expect(present).toBeUndefined()
      for (const secrets of [[old!, "whsec_dGhlIHNlY3JldCBvZiB0b21vcnJvdw=="], ["whsec_dGhlIHNlY3JldCBvZiB5ZXN0ZXJkYXk=", old!]]) {
        configure({ secrets })
        await saleOf((await buy()).id)
      }
    })
  })
})

import { Modules } from "@medusajs/framework/utils"
import { createCustomersWorkflow } from "@medusajs/medusa/core-flows"

import type { CustomerDocument } from "../../src/wire/customer-document"
import { ADDRESS } from "../support/shopper"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"
import { listEvents } from "../support/events"

type Told = { event: string; customer: CustomerDocument; changed: string[] | undefined }

shopSuite({ empty: true }, (bench) => {
  const told = (): Told[] =>
    bench.standIn.deliveries
      .filter(({ body }) => body.event.startsWith("customer."))
      .map(({ body }) => ({
        event: body.event,
        customer: body.data.customer as CustomerDocument,
        changed: body.data.changed_fields as string[] | undefined,
      }))

  const nth = (count: number) => waitFor(`Odoo was told ${String(count)} times`, () => told()[count - 1])

  /** A person who has registered in the shop, with the client of their session. */
  const registered = async () => {
    const store = bench.stranger
    store.defaults.headers.common["x-publishable-api-key"] = bench.shop.publishableKey
    const credentials = { email: "Noura@Example.com", password: "a-password" }
    const { data: auth } = await store.post<{ token: string }>("/auth/customer/emailpass/register", credentials)
    const { data } = await store.post<{ customer: { id: string } }>(
      "/store/customers",
      { email: credentials.email, first_name: "Noura", last_name: "Al-Rashid", phone: "+96555550000" },
      { headers: { authorization: `Bearer ${auth.token}` } }
    )
    const { data: session } = await store.post<{ token: string }>("/auth/customer/emailpass", credentials)
    store.defaults.headers.common.authorization = `Bearer ${session.token}`
    return { id: data.customer.id, store }
  }

  describe("customer.created", () => {
    it("tells of who registers, as the customer list shows them without what they have bought", async () => {
      const { id } = await registered()
      const { event, customer } = await nth(1)
      const { data } = await bench.client.get<{ customer: Record<string, unknown> }>(`/odoo/customers/${id}`)
      const { order_count: _count, total_spent: _spent, stats: _stats, ...listed } = data.customer
      expect(event).toBe("customer.created")
      expect(customer).toEqual(listed)
      expect(customer).toMatchObject({ email: "noura@example.com", first_name: "Noura", has_account: true, addresses: [] })
    })

    it("tells of a guest at the first order, before the order, and not again at the second", async () => {
      await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      await waitFor("Odoo has both orders", () => bench.standIn.deliveries.length === 3)
      const events = await listEvents(bench.odoo, {}, { order: { sequence: "ASC" } })
      expect(events.map(({ name }) => name)).toEqual(["customer.created", "order.created", "order.created"])
      expect(told()).toMatchObject([{ event: "customer.created", customer: { email: "layla@example.com", has_account: false } }])
    })

    it("calls a guest as they called themselves at their last order, in the list too", async () => {
      await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      expect((await nth(1)).customer).toMatchObject({ first_name: "Layla", last_name: "Al-Sabah", phone: "+96522220000" })
      await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }], { address: { ...ADDRESS, last_name: "Al-Rashid" } })
      expect(await nth(2)).toMatchObject({ event: "customer.updated", changed: ["last_name"], customer: { last_name: "Al-Rashid" } })
      const { data } = await bench.client.get<{ orders: { customer: { id: string } }[] }>(`/odoo/orders`)
      const { data: listed } = await bench.client.get<{ customer: CustomerDocument }>(`/odoo/customers/${data.orders[0]!.customer.id}`)
      expect(listed.customer).toMatchObject({ first_name: "Layla", last_name: "Al-Rashid" })
    })

    it("does not tell of a visitor who has left an address in a cart and bought nothing", async () => {
      const store = bench.stranger
      await store.post(
        "/store/carts",
        { region_id: bench.shop.regionId, email: "visitor@example.com" },
        { headers: { "x-publishable-api-key": bench.shop.publishableKey } }
      )
      await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      await waitFor("Odoo has the order", () => bench.standIn.deliveries.length === 2)
      expect(told().map(({ customer }) => customer.email)).toEqual(["layla@example.com"])
      expect(await bench.container.resolve(Modules.CUSTOMER).listCustomers({ email: "visitor@example.com" })).toHaveLength(1)
    })

    it("tells of who was entered at the dashboard or by a workflow", async () => {
      const { result } = await createCustomersWorkflow(bench.container).run({
        input: { customersData: [{ email: "buyer@example.com", company_name: "Buyer Ltd" }] },
      })
      expect((await nth(1)).customer).toMatchObject({ id: result[0]!.id, company_name: "Buyer Ltd", has_account: false })
    })

    it("is linked to the partner that Odoo's reply names, in our table and in the metadata, and that is no change to tell", async () => {
      bench.standIn.answer = () => ({ body: { jsonrpc: "2.0", id: null, result: { success: true, odoo_customer_id: 77 } } })
      const { id, store } = await registered()
      await nth(1)
      const customers = bench.container.resolve(Modules.CUSTOMER)
      await waitFor("the link is mirrored", async () => {
        const { metadata } = (await customers.retrieveCustomer(id)) as { metadata: Record<string, unknown> | null }
        return metadata?.odoo_customer_id === 77
      })
      await store.post("/store/customers/me", { phone: "+96555551111" })
      const { changed, customer } = await nth(2)
      expect(changed).toEqual(["phone"])
      expect(customer.odoo).toMatchObject({ synced: true, odoo_customer_id: 77 })
      expect((await bench.odoo.links.of("customer", [id])).get(id)).toMatchObject({ odoo_id: "77" })
    })
  })

  describe("customer.updated", () => {
    it("names what has changed of a profile, and nothing else is told", async () => {
      const { store } = await registered()
      await nth(1)
      await store.post("/store/customers/me", { first_name: "Nora", company_name: "Rashid & Co" })
      expect(await nth(2)).toMatchObject({
        event: "customer.updated",
        changed: ["first_name", "company_name"],
        customer: { first_name: "Nora", company_name: "Rashid & Co" },
      })
      await store.post("/store/customers/me", { metadata: { newsletter: true } })
      await store.post("/store/customers/me", { first_name: "Nora" })
      await store.post("/store/customers/me", { last_name: "Rashid" })
      expect((await nth(3)).changed).toEqual(["last_name"])
    })

    it("names the addresses when one is added, changed or removed", async () => {
      const { store } = await registered()
      await nth(1)
      const { data } = await store.post<{ customer: { addresses: { id: string }[] } }>("/store/customers/me/addresses", ADDRESS)
      const address = data.customer.addresses[0]!.id
      expect(await nth(2)).toMatchObject({ changed: ["addresses"], customer: { addresses: [{ id: address, city: "Kuwait City" }] } })
      await store.post(`/store/customers/me/addresses/${address}`, { city: "Hawally" })
      expect(await nth(3)).toMatchObject({ changed: ["addresses"], customer: { addresses: [{ city: "Hawally" }] } })
      await store.delete(`/store/customers/me/addresses/${address}`)
      expect(await nth(4)).toMatchObject({ changed: ["addresses"], customer: { addresses: [] } })
    })

    it("keeps no profile in our table, only digests of it", async () => {
      const { id } = await registered()
      await nth(1)
      const known = (await bench.odoo.snapshots.of("customer", [id])).get(id)
      expect(JSON.stringify(known)).not.toMatch(/noura|rashid|9655555/i)
      expect(Object.keys(known!.snapshot.profile as object).sort()).toEqual(
        ["addresses", "company_name", "email", "first_name", "has_account", "last_name", "phone"]
      )
    })
  })
})

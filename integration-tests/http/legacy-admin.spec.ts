import { OrderStatus } from "@medusajs/framework/utils"
import type { AxiosInstance } from "axios"

import { ADDRESS } from "../support/shopper"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

type Row = Record<string, unknown> & { id: string }

const ITEM = { sku: "SHIRT-S", quantity: 2 }

const LIST = "/admin/orders?status=pending&limit=100"

shopSuite({ env: { ODOO_LEGACY_ADMIN_API: "true" } }, (bench) => {
  const get = async <T>(client: AxiosInstance, path: string): Promise<T> => {
    const { status, data } = await client.get<T>(path)
    expect([path, status]).toEqual([path, 200])
    return data
  }

  const listed = async (client: AxiosInstance, path: string) => {
    const { orders } = await get<{ orders: Row[] }>(client, path)
    expect(orders).toHaveLength(1)
    return orders[0]!
  }

  /** Asks with the option off, as every shop does that has no older programs. */
  const asMedusa = async <T>(path: string): Promise<T> => {
    bench.odoo.options.legacyAdminApi = false
    try {
      return await get<T>(await bench.admin(), path)
    } finally {
      bench.odoo.options.legacyAdminApi = true
    }
  }

  /** Buys, and waits until Odoo's answer shows in the order: from then on nothing changes it any more. */
  const buy = async () => {
    const { id } = await bench.shopper.buy([ITEM])
    await waitFor("the order shows its link", async () => {
      const { metadata } = await bench.container.resolve("order").retrieveOrder(id)
      return metadata?.odoo_synced === true
    })
    return id
  }

  const customer = () => bench.container.resolve("customer")

  describe("an older program that reads Medusa's own orders", () => {
    it("finds the SKUs, the buyer, the addresses and the totals in the list, beside all that Medusa shows", async () => {
      await buy()
      const order = await listed(await bench.admin(), LIST)
      expect(order).toMatchObject({
        email: "layla@example.com",
        currency_code: "kwd",
        payment_status: "authorized",
        fulfillment_status: "not_fulfilled",
        subtotal: 11.5,
        discount_total: 0,
        tax_total: 0,
        shipping_total: 1.5,
        total: 11.5,
        items: [{ sku: "SHIRT-S", variant_sku: "SHIRT-S", quantity: 2, unit_price: 5 }],
        shipping_address: { first_name: ADDRESS.first_name, city: ADDRESS.city },
        billing_address: { last_name: ADDRESS.last_name, country_code: "kw" },
        shipping_methods: [{ name: "Courier", amount: 1.5 }],
        customer: { email: "layla@example.com" },
      })
      const { orders } = await asMedusa<{ orders: Row[] }>(LIST)
      expect(orders[0]).not.toHaveProperty("email")
      expect(orders[0]).not.toHaveProperty("items.0.sku")
      expect(order).toMatchObject(orders[0]!)
    })

    it("finds the same in one order", async () => {
      const id = await buy()
      const { order } = await get<{ order: Row }>(await bench.admin(), `/admin/orders/${id}`)
      expect(order).toMatchObject({ email: "layla@example.com", currency_code: "kwd", items: [{ sku: "SHIRT-S", quantity: 2 }] })
      const { order: medusas } = await asMedusa<{ order: Row & { items: Row[] } }>(`/admin/orders/${id}`)
      expect(medusas).not.toHaveProperty("email")
      expect(medusas.items[0]).not.toHaveProperty("sku")
      expect(order).toMatchObject(medusas)
    })

    it("pages, filters and counts as Medusa does, by times too", async () => {
      const admin = await bench.admin()
      bench.standIn.answer = () => ({ body: { success: true } })
      const first = await bench.shopper.buy([ITEM])
      const second = await bench.shopper.buy([ITEM])
      const page = await get<{ orders: Row[]; count: number }>(admin, "/admin/orders?limit=1&offset=1&order=created_at")
      expect([page.count, page.orders.map(({ id }) => id)]).toEqual([2, [second.id]])
      await bench.client.post(`/odoo/orders/${first.id}/synced`, { odoo_order_id: 7 })
      expect((await listed(admin, "/admin/orders?metadata[odoo_synced]=false")).id).toBe(second.id)
      const since = await get<{ count: number }>(admin, "/admin/orders?created_at[gte]=2031-01-30T00:00:00Z")
      expect(since.count).toBe(0)
      expect((await admin.get(`/admin/orders/order_unknown`)).status).toBe(404)
    })
  })

  describe("an older program that reads Medusa's own customers", () => {
    it("finds their orders and addresses, and only who is as new as it asks for", async () => {
      const admin = await bench.admin()
      const orderId = await buy()
      const [buyer] = await customer().listCustomers({ email: "layla@example.com" })
      await customer().createCustomerAddresses({ customer_id: buyer!.id, first_name: "Layla", city: "Kuwait City", country_code: "kw" })
      const draft = { currency_code: "kwd", customer_id: buyer!.id, email: buyer!.email, is_draft_order: true, status: OrderStatus.DRAFT }
      await bench.container.resolve("order").createOrders([draft])
      const expected = {
        id: buyer!.id,
        email: "layla@example.com",
        has_account: false,
        orders: [{ id: orderId, display_id: expect.any(Number) as number, status: "pending", currency_code: "kwd" }],
        shipping_addresses: [{ first_name: "Layla", city: "Kuwait City" }],
      }
      const { customers, count } = await get<{ customers: Row[]; count: number }>(admin, "/admin/customers?created_at[gte]=2026-01-30T00:00:00Z&limit=100")
      expect([count, customers]).toMatchObject([1, [expected]])
      const one = await get<{ customer: Row }>(admin, `/admin/customers/${buyer!.id}`)
      expect(one.customer).toMatchObject(expected)
      expect((await get<{ customers: Row[] }>(admin, "/admin/customers?created_at[gte]=2031-01-30T00:00:00Z")).customers).toEqual([])
      expect((await asMedusa<{ customer: Row }>(`/admin/customers/${buyer!.id}`)).customer).not.toHaveProperty("orders")
    })
  })

  describe("nobody else", () => {
    it("notices: who names fields gets those", async () => {
      const admin = await bench.admin()
      const id = await buy()
      for (const path of ["/admin/orders?fields=id,*items", `/admin/orders/${id}?fields=%2Bemail`, "/admin/customers?fields=id,email", `/admin/orders/${id}/line-items`, `/admin/orders/${id}/changes`]) {
        expect([path, await get(admin, path)]).toEqual([path, await asMedusa(path)])
      }
    })

    it("notices: not the dashboard with its session, nor a program with a secret API key", async () => {
      const { id } = await bench.shopper.buy([ITEM])
      const admin = await bench.admin()
      const session = await admin.post("/auth/session")
      const cookie = String(session.headers["set-cookie"]?.[0]).split(";")[0]
      const key = await bench.container.resolve("api_key").createApiKeys({ title: "Program", type: "secret", created_by: "test" })
      for (const path of [LIST, `/admin/orders/${id}`, "/admin/customers"]) {
        const medusas = await asMedusa(path)
        for (const headers of [{ cookie }, { authorization: `Basic ${Buffer.from(`${key.token}:`).toString("base64")}` }]) {
          const { status, data } = await bench.stranger.get<unknown>(path, { headers })
          expect([path, status, data]).toEqual([path, 200, medusas])
        }
      }
    })

    it("is let in who was not before", async () => {
      const { status, data } = await bench.stranger.get<unknown>(LIST, { headers: { authorization: "Bearer not-a-token" } })
      expect([status, data]).toEqual([401, { message: "Unauthorized" }])
    })
  })
})

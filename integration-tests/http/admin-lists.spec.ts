import type { AxiosResponse } from "axios"

import { shopSuite } from "../support/suite"

shopSuite({ empty: true }, (bench) => {
  /** Asks as January's clients do: with the bearer token of a user. */
  const signIn = async (): Promise<(path: string) => Promise<AxiosResponse>> => {
    const admin = await bench.admin()
    return (path) => admin.get(path)
  }

  const buy = async (count: number) => {
    bench.standIn.answer = () => ({ body: { success: true } })
    const ids: string[] = []
    for (let index = 0; index < count; index++) {
      ids.push((await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])).id)
    }
    return ids
  }

  const link = (id: string) => bench.client.post(`/odoo/orders/${id}/synced`, { odoo_order_id: 7 })

  const register = (...members: Record<string, unknown>[]) =>
    bench.container.resolve("customer").createCustomers(members.map((member) => ({ has_account: true, ...member })))

  const idsIn = (list: unknown) => (list as { id: string }[]).map(({ id }) => id)

  describe("GET /admin/orders?metadata[odoo_synced]", () => {
    it("lists what is linked to Odoo, or what is not, with the right count", async () => {
      const get = await signIn()
      const ids = await buy(3)
      await link(ids[1]!)
      const yes = await get("/admin/orders?metadata[odoo_synced]=true")
      expect([yes.status, idsIn(yes.data.orders), yes.data.count]).toEqual([200, [ids[1]], 1])
      const no = await get("/admin/orders?metadata[odoo_synced]=false&order=created_at")
      expect([no.status, idsIn(no.data.orders), no.data.count]).toEqual([200, [ids[0], ids[2]], 2])
    })

    it("keeps Medusa's paging, sorting, fields and other filters", async () => {
      const get = await signIn()
      const ids = await buy(4)
      await link(ids[0]!)
      const page = await get("/admin/orders?metadata[odoo_synced]=false&limit=1&offset=1&order=-created_at&fields=id,display_id")
      expect(page.data).toMatchObject({ count: 3, limit: 1, offset: 1 })
      expect(idsIn(page.data.orders)).toEqual([ids[2]])
      expect(page.data.orders[0]).not.toHaveProperty("email")
      const named = await get(`/admin/orders?metadata[odoo_synced]=false&id[]=${ids[0]!}&id[]=${ids[3]!}`)
      expect(idsIn(named.data.orders)).toEqual([ids[3]])
    })

    it("goes by the link where the metadata says something else", async () => {
      const get = await signIn()
      const ids = await buy(3)
      const orders = bench.container.resolve("order")
      await link(ids[0]!)
      await orders.updateOrders(ids[0]!, { metadata: { odoo_synced: false } })
      await orders.updateOrders(ids[1]!, { metadata: { odoo_synced: true } })
      await orders.updateOrders(ids[2]!, { metadata: { odoo_synced: "who knows" } })
      expect(idsIn((await get("/admin/orders?metadata[odoo_synced]=true")).data.orders)).toEqual([ids[0]])
      const no = await get("/admin/orders?metadata[odoo_synced]=false&order=created_at")
      expect([idsIn(no.data.orders), no.data.count]).toEqual([[ids[1], ids[2]], 2])
    })

    it("refuses other values in Medusa's own form", async () => {
      const get = await signIn()
      for (const query of [
        "metadata[odoo_synced]=maybe", "metadata[odoo_synced]=", "metadata[odoo_synced][$ne]=true",
        "metadata[odoo_synced]=true&metadata[odoo_synced]=false",
      ]) {
        const { status, data } = await get(`/admin/orders?${query}`)
        expect([query, status, data.type]).toEqual([query, 400, "invalid_data"])
        expect(data.message).toContain("odoo_synced")
        expect(data).not.toHaveProperty("success")
      }
    })

    it("stays closed to strangers", async () => {
      for (const value of ["true", "maybe"]) {
        expect((await bench.stranger.get(`/admin/orders?metadata[odoo_synced]=${value}`)).status).toBe(401)
      }
    })

    it("leaves Medusa's other requests as they are", async () => {
      const get = await signIn()
      const [id] = await buy(1)
      expect(idsIn((await get("/admin/orders")).data.orders)).toEqual([id])
      const one = await get(`/admin/orders/${id!}?fields=id`)
      expect([one.status, one.data.order.id]).toEqual([200, id])
      // Medusa drops what it does not know of an order's query, and refuses it of a customer's
      expect((await get("/admin/orders?metadata[gift]=yes")).status).toBe(200)
      expect((await get("/admin/customers?metadata[gift]=yes")).status).toBe(400)
      expect((await get("/admin/customers?metadata[gift]=yes&metadata[odoo_synced]=true")).status).toBe(400)
      expect((await get("/admin/customers?metadata=odoo_synced")).status).toBe(400)
    })
  })

  describe("GET /admin/customers?metadata[odoo_synced]", () => {
    it("lists who is linked to Odoo, or who is not, beside Medusa's own filters", async () => {
      const get = await signIn()
      const [first, second, third] = await register(
        { email: "first@example.com" }, { email: "second@example.com", metadata: { vip: true } }, { email: "third@example.org" }
      )
      await bench.client.post(`/odoo/customers/${first!.id}/synced`, { odoo_customer_id: 42 })
      const yes = await get("/admin/customers?metadata[odoo_synced]=true")
      expect([yes.status, idsIn(yes.data.customers), yes.data.count]).toEqual([200, [first!.id], 1])
      const no = await get("/admin/customers?metadata[odoo_synced]=false&order=email")
      expect([no.status, idsIn(no.data.customers), no.data.count]).toEqual([200, [second!.id, third!.id], 2])
      const both = await get("/admin/customers?metadata[odoo_synced]=false&q=example.org")
      expect([idsIn(both.data.customers), both.data.count]).toEqual([[third!.id], 1])
      const either = await get("/admin/customers?metadata[odoo_synced]=false&$or[0][email]=first@example.com&$or[1][email]=second@example.com")
      expect([either.status, idsIn(either.data.customers)]).toEqual([200, [second!.id]])
    })

    it("goes by the link where the metadata says something else", async () => {
      const get = await signIn()
      const [linked, pretender] = await register({ email: "a@example.com" }, { email: "b@example.com", metadata: { odoo_synced: true } })
      await bench.client.post(`/odoo/customers/${linked!.id}/synced`, { odoo_customer_id: 42 })
      await bench.container.resolve("customer").updateCustomers(linked!.id, { metadata: { odoo_synced: "no" } })
      expect(idsIn((await get("/admin/customers?metadata[odoo_synced]=true")).data.customers)).toEqual([linked!.id])
      expect(idsIn((await get("/admin/customers?metadata[odoo_synced]=false")).data.customers)).toEqual([pretender!.id])
    })

    it("refuses other values in Medusa's own form", async () => {
      const get = await signIn()
      const { status, data } = await get("/admin/customers?metadata[odoo_synced]=maybe")
      expect([status, data.type]).toEqual([400, "invalid_data"])
    })
  })
})

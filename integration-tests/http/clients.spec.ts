import axios, { type AxiosInstance } from "axios"

import { API_KEY, shopSuite } from "../support/suite"

type Order = { id: string; display_id: number; total: number; metadata: Record<string, unknown> }

/** A program as January's description has it: signs in as an admin, and pages by the `pagination` object. */
class JanuaryClient {
  private constructor(private readonly http: AxiosInstance) {}

  static async signIn(baseURL: string, email: string, password: string): Promise<JanuaryClient> {
    const { data } = await axios.post<{ token: string }>(`${baseURL}/auth/user/emailpass`, { email, password })
    return new JanuaryClient(axios.create({ baseURL, headers: { Authorization: `Bearer ${data.token}` } }))
  }

  async ordersWith(status: string): Promise<Order[]> {
    const all: Order[] = []
    for (let more = true; more; ) {
      const { data } = await this.http.get<{ orders: Order[]; pagination: { total: number; has_more: boolean } }>("/odoo/orders", {
        params: { status, limit: 2, offset: all.length },
      })
      all.push(...data.orders)
      more = data.pagination.has_more
    }
    return all
  }

  async openOrders(): Promise<Order[]> {
    const { data } = await this.http.get<{ orders: Order[] }>("/admin/orders?metadata[odoo_synced]=false&fields=id,display_id,metadata")
    return data.orders
  }

  async newCustomers(): Promise<{ id: string; email: string }[]> {
    const { data } = await this.http.get<{ customers: { id: string; email: string }[] }>("/admin/customers?metadata[odoo_synced]=false")
    return data.customers
  }

  async markSynced(order: Order, odooId: number): Promise<void> {
    await this.http.post(`/odoo/orders/${order.id}/synced`, { odoo_order_id: odooId, odoo_order_name: `S0000${String(odooId)}` })
  }

  async setStock(sku: string, stockedQuantity: number): Promise<number> {
    const { data } = await this.http.post<{ updated: number }>("/admin/inventory/batch-update", {
      updates: [{ sku, stocked_quantity: stockedQuantity }],
    })
    return data.updated
  }

  async reduceOne(order: Order, sku: string, quantity: number): Promise<{ previous_quantity: number; new_quantity: number }> {
    const { data } = await this.http.post<{ inventory_item: { previous_quantity: number; new_quantity: number } }>(
      "/admin/inventory/reduce-stock",
      { sku, quantity, order_id: order.id, reason: "Odoo delivery" }
    )
    return data.inventory_item
  }
}

/** A program as February's description has it: an API key, and totals beside the rows. */
class FebruaryClient {
  private readonly http: AxiosInstance

  constructor(baseURL: string, key: string) {
    this.http = axios.create({ baseURL, headers: { "x-odoo-api-key": key } })
  }

  async ordersWith(status: string): Promise<Order[]> {
    const all: Order[] = []
    for (let total = 1; all.length < total; ) {
      const { data } = await this.http.get<{ orders: Order[]; total: number; limit: number; offset: number }>("/odoo/orders", {
        params: { status, limit: 2, offset: all.length },
      })
      all.push(...data.orders)
      total = data.total
    }
    return all
  }

  async reduce(order: Order, items: { sku: string; quantity: number }[]): Promise<string[]> {
    const { data } = await this.http.post<{ results: { status: string }[] }>("/odoo/inventory/reduce", { order_id: order.id, items })
    return data.results.map(({ status }) => status)
  }

  async stockOf(sku: string): Promise<number[]> {
    const { data } = await this.http.get<{ inventory: { available_quantity: number }[]; total: number }>("/odoo/inventory", { params: { sku } })
    return data.inventory.map((row) => row.available_quantity)
  }

  async publish(product: object): Promise<{ created: boolean; variant_id: string }> {
    const { data } = await this.http.post<{ product: { created: boolean; variant_id: string } }>("/odoo/products", product)
    return data.product
  }

  async tell(eventType: string, order: object): Promise<string[]> {
    const { data } = await this.http.post<{ metadata_updated: string[] }>("/odoo/webhooks/order-status", { event_type: eventType, order })
    return data.metadata_updated
  }
}

shopSuite({}, (bench) => {
  const baseURL = () => bench.client.defaults.baseURL ?? ""

  const buyThree = async () => {
    bench.standIn.answer = () => ({ body: { success: true } })
    for (const quantity of [1, 2, 3]) {
      await bench.shopper.buy([{ sku: "SHIRT-S", quantity }])
    }
  }

  it("a program written to January's description runs unchanged", async () => {
    await buyThree()
    await bench.admin()
    const january = await JanuaryClient.signIn(baseURL(), "admin@example.com", "a-password")
    const orders = await january.ordersWith("pending")
    expect(orders.map(({ total }) => total)).toEqual([6500, 11500, 16500])
    expect(orders[0]!.metadata).toMatchObject({ odoo_synced: false, odoo_order_id: null, odoo_sync_date: null })
    expect((await january.newCustomers()).map(({ email }) => email)).toEqual(["layla@example.com"])
    await january.markSynced(orders[0]!, 1)
    expect((await january.openOrders()).map(({ id }) => id).sort()).toEqual([orders[1]!.id, orders[2]!.id].sort())
    expect(await january.setStock("SHIRT-S", 40)).toBe(1)
    expect(await january.reduceOne(orders[0]!, "SHIRT-S", 1)).toMatchObject({ previous_quantity: 40, new_quantity: 39 })
    await bench.container.resolve("order").cancel(orders[2]!.id)
    expect((await january.ordersWith("canceled")).map(({ id }) => id)).toEqual([orders[2]!.id])
  })

  it("a program written to February's description runs unchanged", async () => {
    await buyThree()
    const february = new FebruaryClient(baseURL(), API_KEY)
    const orders = await february.ordersWith("pending,completed")
    expect(orders).toHaveLength(3)
    expect(await february.reduce(orders[1]!, [{ sku: "SHIRT-S", quantity: 2 }])).toEqual(["reduced"])
    expect(await february.stockOf("shirt-s")).toEqual([44])
    expect(await february.tell("order.confirmed", { medusa_order_id: orders[0]!.id, odoo_order_id: 7 })).toContain("odoo_confirmed")
    expect(await february.tell("order.cancelled", { medusa_order_id: orders[2]!.id })).toContain("odoo_cancelled")
    expect((await february.ordersWith("cancelled")).map(({ id }) => id)).toEqual([orders[2]!.id])
    const made = await february.publish({ odoo_product_id: 9, sku: "CAP-RED", title: "Red cap", price: 4500, inventory: { quantity: 5 } })
    expect(made.created).toBe(true)
    expect(await february.stockOf("CAP-RED")).toEqual([5])
  })
})

import axios from "axios"

import type { OdooStandIn } from "../support/odoo-stand-in"
import type { Shop } from "../support/shop"
import { Shopper } from "../support/shopper"
import { waitFor } from "../support/wait"

/** A shop that runs, and who receives its webhooks. */
export type RunningShop = { url: string; key: string; shop: Shop; standIn: OdooStandIn }

type Order = { id: string; status: string; fulfillment_status: string; payment_status: string; total: unknown; items: { sku: string }[]; odoo: { odoo_order_name: string } | null }

const COLORS = ["Red", "Blue"]

/** What the shop and Odoo say of the same things after each part of the contract was used once; a test compares it. */
export async function useContract({ url, key, shop, standIn }: RunningShop): Promise<Record<string, unknown>> {
  const shopper = new Shopper(url, shop)
  const client = axios.create({ baseURL: url, headers: { "x-odoo-api-key": key }, validateStatus: () => true })
  const get = async <T>(path: string) => (await client.get<T>(path)).data
  const seen: Record<string, unknown> = {}

  const scarf = (color: string, more: object = {}) => ({ sku: `SCARF-${color}`, name: "Scarf", odoo_product_tmpl_id: 7, price: 3500, attributes: { Color: color }, quantity: 4, ...more })
  const push = async (products: object[]) => {
    const { status, data } = await client.post<{ results?: { created: number; updated: number; failed: number; errors?: unknown } }>("/odoo/products/bulk", { products })
    return [status, data.results?.created, data.results?.updated, data.results?.failed, ...(data.results?.failed === 0 ? [] : [data])]
  }
  seen.productsMade = await push([scarf("Red", { weight: 0.2, tags: ["winter"], category: "Clothes" }), scarf("Blue")])
  seen.productsAgain = await push(COLORS.map((color) => scarf(color)))
  seen.variantAdded = await push([scarf("Green")])
  seen.valueRenamed = await push([scarf("Green", { attributes: { Color: "Moss" } })])
  seen.optionAdded = await push([scarf("Red", { attributes: { Color: "Red", Size: "L" }, price: 4000 })])
  seen.productDeleted = (await client.delete("/odoo/products/SCARF-Blue")).status

  const stock = await client.post<{ summary?: object }>("/odoo/webhooks/inventory", { event_type: "inventory.updated", items: [{ sku: "SHIRT-M", quantity: 30 }] })
  seen.stock = [stock.status, await shopper.availabilityOf("SHIRT-M")]

  const placed = await shopper.buy([{ sku: "SHIRT-M", quantity: 2 }])
  const order = async () => (await get<{ orders: Order[] }>("/odoo/orders?synced=true&limit=100")).orders.find(({ id }) => id === placed.id)
  const linked = await waitFor("the order is linked", order)
  seen.order = [linked.items.map(({ sku }) => sku), linked.status, linked.payment_status, linked.fulfillment_status, linked.total, /^S\d{5}$/.test(linked.odoo?.odoo_order_name ?? "")]
  seen.arrived = standIn.deliveries.filter(({ body }) => body.event === "order.created" && (body.data.order as { id: string }).id === placed.id).length
  const shipped = await client.post("/odoo/webhooks/order-status", {
    event_type: "order.shipped", order: { medusa_order_id: placed.id, tracking_number: "KW123", items: [{ sku: "SHIRT-M", quantity: 1 }] },
  })
  seen.shipped = [shipped.status, (await order())?.fulfillment_status, await shopper.availabilityOf("SHIRT-M")]
  const canceled = await shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])
  await waitFor("the second order is linked", async () => (await get<{ orders: Order[] }>("/odoo/orders?synced=true&limit=100")).orders.find(({ id }) => id === canceled.id))
  const cancel = await client.post("/odoo/webhooks/order-status", { event_type: "order.cancelled", order: { medusa_order_id: canceled.id } })
  seen.canceled = [cancel.status, await shopper.availabilityOf("SHIRT-M")]

  const { customers } = await get<{ customers: { email: string; total_orders?: number }[] }>("/odoo/customers?limit=100")
  seen.customers = customers.map(({ email }) => email)
  const { inventory } = await get<{ inventory: { sku: string; stocked_quantity: number }[] }>("/odoo/inventory?include_products=true&limit=100")
  seen.inventory = Object.fromEntries(inventory.map(({ sku, stocked_quantity: quantity }) => [sku, quantity]))
  seen.status = (await client.get("/odoo/status")).status
  return seen
}

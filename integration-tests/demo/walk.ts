import axios from "axios"

import type { OrderDocument } from "../../src/wire/order-document"
import { Shopper } from "../support/shopper"
import { waitFor } from "../support/wait"
import type { DemoShop } from "./medusa"
import type { Screen } from "./screen"

const SKU = "SHIRT-M"

/** How long Odoo may take to answer a webhook before the walk goes on without it; milliseconds. */
const PATIENCE_MS = 20_000

/** Walks the main job with real requests: an order goes to Odoo, Odoo's stock and a new product come to the shop. */
export async function walk(input: {
  screen: Screen
  shop: DemoShop
  baseUrl: string
  odoo: { url: string; isStandIn: boolean }
}): Promise<void> {
  const { screen, shop, baseUrl, odoo } = input
  const shopper = new Shopper(baseUrl, shop)
  const client = axios.create({ baseURL: baseUrl, headers: { "x-odoo-api-key": shop.apiKey } })
  screen.heading("The main job, with real requests")

  const before = await shopper.availabilityOf(SKU)
  screen.step(1, `A shopper looks at ${SKU}`, `${String(before)} can be bought`)

  const placed = await shopper.buy([{ sku: SKU, quantity: 2 }])
  screen.step(2, `The shopper buys 2, through the store's cart`, `order #${String(placed.display_id)} (${placed.id})`)

  const synced = async () => {
    const { data } = await client.get<{ orders: OrderDocument[] }>("/odoo/orders", {
      params: { synced: true, date_from: new Date(Date.now() - 3_600_000).toISOString(), limit: 500 },
    })
    return data.orders.find((order) => order.id === placed.id)
  }
  const order = await waitFor("a sale order's name", synced, PATIENCE_MS).catch((error: unknown) => {
    if (odoo.isStandIn) {
      throw error
    }
    return undefined
  })
  screen.step(
    3,
    `The plugin posts order.created to ${odoo.url}`,
    order === undefined
      ? "no sale order's name came back yet: see Medusa's log. The event is kept and sent again."
      : `Odoo answered with sale order ${String(order.odoo.odoo_order_name ?? order.odoo.odoo_order_id)}`
  )
  screen.step(
    4,
    "Odoo asks GET /odoo/orders?synced=true",
    order === undefined
      ? "the order is not among them yet"
      : `the order is among them, with a total of ${String(order.total)} (${order.currency_code.toUpperCase()}, minor units)`
  )

  const sold = await shopper.availabilityOf(SKU)
  const { data } = await client.post<{ results: { previous_quantity: number; new_quantity: number }[] }>(
    "/odoo/webhooks/inventory",
    { event_type: "stock.received", items: [{ sku: SKU, quantity: 10, adjustment_type: "delta" }] }
  )
  const [result] = data.results
  screen.step(
    5,
    `Odoo posts to /odoo/webhooks/inventory: 10 of ${SKU} have arrived`,
    `stock ${String(result?.previous_quantity)} → ${String(result?.new_quantity)}`
  )

  const after = await shopper.availabilityOf(SKU)
  screen.step(6, `The shopper looks at ${SKU} again`, `${String(sold)} could be bought before the push, ${String(after)} now`)
  if (after !== sold + 10) {
    throw new Error("The shop does not show the stock that Odoo has pushed.")
  }

  // each start of the demo sells a product of its own
  const sku = `LAMP-${Date.now().toString(36).toUpperCase()}`
  const { data: made } = await client.post<{ product: { variant_id: string; title: string; handle: string } }>("/odoo/products", {
    sku,
    title: "Desk lamp",
    price: 12_500,
    categories: ["Home / Lighting"],
    inventory: { quantity: 5 },
  })
  const { variant_id: id, title, handle } = made.product
  screen.step(7, `Odoo posts a new product, ${sku}, to /odoo/products`, `the shop has it as ${handle}, ${String(await shopper.availabilityOf(sku))} can be bought`)

  const buyer = new Shopper(baseUrl, { ...shop, variants: { ...shop.variants, [sku]: { id, title, inventoryItemId: "" } } })
  const bought = await buyer.buy([{ sku, quantity: 1 }])
  screen.step(8, `A shopper buys ${sku}`, `order #${String(bought.display_id)}; ${String(await shopper.availabilityOf(sku))} can still be bought`)
}

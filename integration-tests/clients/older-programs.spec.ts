import axios, { type AxiosInstance } from "axios"
import { join } from "path"

import { MedusaProcess } from "../support/medusa-process"
import { readProgram, runPython } from "../support/older-program"
import { ProcessShop } from "../support/process-shop"
import { KUWAIT_SHOP, type ShopInput } from "../support/shop"
import { Shopper } from "../support/shopper"
import { waitFor } from "../support/wait"

const API_KEY = "a-static-key-for-the-tests"

const PASSWORD = "admin_password"

const STOCK = 100

/** The usual shop, with the two articles that the programs name. */
const SHOP: ShopInput = {
  ...KUWAIT_SHOP,
  stock: STOCK,
  products: [
    ...KUWAIT_SHOP.products,
    { title: "Liberty Guard plotter", handle: "plotter", variants: [{ title: "One", sku: "LG-CPFL1625", price: 120 }] },
    { title: "Finger sleeve", handle: "finger-sleeve", variants: [{ title: "One", sku: "SLEEVE", price: 0.75 }] },
  ],
}

type Order = {
  id: string
  status: string
  fulfillment_status: string
  metadata: Record<string, unknown>
  odoo: { synced: boolean; odoo_order_id: unknown; odoo_order_name: string | null; odoo_status: string | null }
  fulfillments: { shipped_at: string | null; delivered_at: string | null; tracking: { number: string; url: string }[] }[]
}

const runningPrograms = () => {
  let shop: ProcessShop | undefined
  let url: string
  let odoo: AxiosInstance
  let shopper: Shopper

  const present = () => {
    if (shop === undefined) {
      throw new Error("the shop is not there")
    }
    return shop
  }

  const orderOf = async (id: string) => (await odoo.get<{ order: Order }>(`/odoo/orders/${id}`)).data.order

  const stockOf = async (sku: string) => {
    const { data } = await odoo.get<{ inventory: { sku: string; stocked_quantity: number; reserved_quantity: number }[] }>("/odoo/inventory", { params: { sku } })
    return data.inventory.map(({ stocked_quantity: stocked, reserved_quantity: reserved }) => [stocked, reserved])
  }

  /** Waits until the shop has noticed a record, or has heard that Odoo has it: being told of it as new, Odoo would make a second one. */
  const eventIs = (status: "pending" | "delivered", recordId: string, name: string) =>
    waitFor(
      `${name} of ${recordId} is ${status}`,
      async () => {
        const query = "SELECT 1 FROM odoo_delivery WHERE record_id = $1 AND name = $2 AND status = $3"
        return (await present().query(query, [recordId, name, status])).length === 1
      },
      20_000
    )

  // Medusa starts four times for it
  beforeAll(async () => {
    shop = await ProcessShop.open({ durable: false, shop: SHOP })
    const login = ["user", "--email", "admin@marqasouq.com", "--password", PASSWORD]
    await new MedusaProcess(login, { DATABASE_URL: shop.databaseUrl }, join(shop.folder, "user.log")).succeed()
    // without an address for webhooks, what there is to tell waits
    const instance = await shop.start({ ODOO_API_KEY: API_KEY, ODOO_LEGACY_ADMIN_API: "true" })
    url = instance.url
    odoo = axios.create({ baseURL: url, headers: { "x-odoo-api-key": API_KEY } })
    shopper = new Shopper(url, shop.shop)
  }, 600_000)

  afterAll(async () => {
    await shop?.close()
  }, 60_000)

  it("takes what is new from Medusa's own lists, marks it by its metadata, and sets the stock", async () => {
    const program = readProgram("january_admin.py", { "http://localhost:9000": url })
    const { id, display_id: number } = await shopper.buy([{ sku: "SHIRT-S", quantity: 2 }])
    await eventIs("pending", id, "order.created")
    for (const run of ["the first time", "and once more"]) {
      expect([run, await runPython(program)]).toEqual([run, `Order #${String(number)}: 11.5 KWD\nNew customer: layla@example.com\n`])
      expect([run, await stockOf("SHIRT-S")]).toEqual([run, [[STOCK - 2, 0]]])
      expect([run, await stockOf("LG-CPFL1625"), await stockOf("SLEEVE")]).toEqual([run, [[2, 0]], [[605, 0]]])
    }
    await eventIs("delivered", id, "order.created")
    expect((await orderOf(id)).odoo).toMatchObject({ synced: true, odoo_order_id: "SO/2026/001234" })
    const customers = async () => (await odoo.get<{ customers: { id: string; odoo: object }[] }>("/odoo/customers")).data.customers
    await eventIs("delivered", (await customers())[0]!.id, "customer.created")
    expect(await customers()).toMatchObject([{ odoo: { synced: true, odoo_customer_id: "RES.PARTNER/12345" } }])
  })

  it("pulls orders, customers and low stock as an admin, links the orders, and says what has left", async () => {
    const sold = await shopper.buy([{ sku: "LG-CPFL1625", quantity: 1 }, { sku: "SLEEVE", quantity: 2 }])
    const open = await shopper.buy([{ sku: "LG-CPFL1625", quantity: 1 }])
    const printed = await runPython(
      readProgram("january_odoo.py", { "http://localhost:9000": url, your_password: PASSWORD, order_01ABC123: sold.id })
    )
    for (const { id, display_id: number } of [sold, open]) {
      expect(printed).toContain(`Order #${String(number)}: pending\n`)
      const name = `SO/${String(new Date().getFullYear())}/${String(number).padStart(6, "0")}`
      expect((await orderOf(id)).odoo).toMatchObject({ synced: true, odoo_order_id: name, odoo_status: "synced" })
    }
    expect(printed).toContain("Stock reduction result: {'total_items': 2, 'successful': 2, 'failed': 0, 'insufficient_stock': 0}\n")
    expect(printed).toContain("Sync result: {'total': 2, 'synced': 2, 'failed': 0}\n")
    expect(printed).toContain("=== Low stock items ===\n  LG-CPFL1625: 10 (reorder needed)\n")
    expect(printed).toMatch(/ {2}layla@example\.com - Orders: \d+\n/)
    expect([await stockOf("LG-CPFL1625"), await stockOf("SLEEVE")]).toEqual([[[10, 1]], [[1000, 0]]])
  })

  describe("pushes products as Odoo has them:", () => {
    const full = {
      id: 41, default_code: "LAMP-1", name: "Desk lamp", description_sale: "Bright", list_price: 5.25, lst_price: 6.5, standard_price: 3,
      weight: 1.5, barcode: "6291041500220", categ_id: { name: "Home Decor" }, x_brand: "Lumen", x_warranty_months: 12, country_id: { name: "Kuwait" }, qty_available: 7.0,
    }
    // Odoo writes False for what is empty
    const empty = {
      id: 42, default_code: "PLAIN-1", name: "Plain thing", description_sale: false, list_price: 2, lst_price: 2, standard_price: 0,
      weight: 0, barcode: false, categ_id: false, x_brand: false, x_warranty_months: false, country_id: false, qty_available: 3.0,
    }
    const push = async (...products: object[]) => {
      const program = readProgram("february_products.py", { "https://admin.markasouqs.com": url, YOUR_ODOO_API_KEY: API_KEY })
      const script = join(__dirname, "use_products.py")
      return JSON.parse(await runPython(program, { script, args: [JSON.stringify(products)] })) as unknown
    }
    const answer = (sku: string, did: { created: boolean; updated: boolean }) => ({ success: true, product: { sku, ...did } })

    const barcodeOf = async (sku: string) => {
      const { data } = await odoo.get<{ inventory: { product: { barcode: string | null } }[] }>("/odoo/inventory", { params: { sku, include_products: true } })
      return data.inventory[0]!.product.barcode
    }

    it("full ones and such of which nearly everything is empty", async () => {
      expect(await push(full, empty)).toMatchObject({
        products: [answer("LAMP-1", { created: true, updated: false }), answer("PLAIN-1", { created: true, updated: false })],
        inventory: { success: true, results: { total: 2, updated: 2, not_found: 0, errors: [] } },
      })
      expect([await stockOf("LAMP-1"), await stockOf("PLAIN-1")]).toEqual([[[7, 0]], [[3, 0]]])
      expect(await barcodeOf("LAMP-1")).toBe("6291041500220")
    })

    it("again, and what does not differ is left alone", async () => {
      expect(await push(full, { ...empty, list_price: 2.5, lst_price: 2.5 })).toMatchObject({
        products: [answer("LAMP-1", { created: false, updated: false }), answer("PLAIN-1", { created: false, updated: true })],
      })
    })

    it("and a barcode that was cleared in Odoo is gone from the shop", async () => {
      expect(await push({ ...full, barcode: false })).toMatchObject({ products: [answer("LAMP-1", { created: false, updated: true })] })
      expect(await barcodeOf("LAMP-1")).toBe("")
    })
  })

  it("posts webhooks of products, stock and orders as Odoo has them, empty fields among them", async () => {
    const shipped = await shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])
    const canceled = await shopper.buy([{ sku: "SHIRT-M", quantity: 2 }])
    const sales = [
      { id: 71, name: "S00071", x_medusa_order_id: shipped.id },
      { id: 72, name: "S00072", x_medusa_order_id: canceled.id },
    ]
    const mug = {
      id: 3, default_code: "MUG-WHITE", name: "Coffee mug, white", description_sale: false, list_price: 1.25, standard_price: 0.5,
      barcode: false, weight: 0.3, categ_id: false, active: true, qty_available: 57.0,
    }
    const unknown = { ...mug, id: 4, default_code: "MUG-BLACK", name: "Coffee mug, black" }
    const oversold = { ...mug, id: 5, default_code: "SHIRT-S", name: "Cotton shirt, S", list_price: 5, qty_available: -3.0 }
    const program = readProgram("february_push.py", { "https://admin.markasouqs.com": url, your_odoo_api_key: API_KEY })
    const args = [JSON.stringify(sales), JSON.stringify([mug, unknown, oversold])]
    const answers: unknown = JSON.parse(await runPython(program, { script: join(__dirname, "use_webhooks.py"), args }))

    expect(answers).toMatchObject({
      products: [
        { success: true, action: "updated", product: { sku: "MUG-WHITE" } },
        { success: true, action: "inventory_created", sku: "MUG-BLACK" },
        { success: true, product: { sku: "SHIRT-S" } },
      ],
      inventory: {
        success: true,
        event_type: "inventory.updated",
        summary: { total: 3, processed: 3, failed: 0, not_found: 0 },
        results: [
          { sku: "MUG-WHITE", status: "success", new_quantity: 57 },
          { sku: "MUG-BLACK", status: "success", new_quantity: 57 },
          { sku: "SHIRT-S", status: "success", new_quantity: 0 },
        ],
      },
      confirmed: { success: true, order: { medusa_order_id: canceled.id, odoo_order_id: 72, odoo_order_name: "S00072" } },
      canceled: { success: true, event_type: "order.cancelled", metadata_updated: expect.arrayContaining(["odoo_cancelled", "cancelled_reason"]) as unknown },
    })
    expect(await stockOf("MUG-WHITE")).toEqual([[57, 0]])
    expect(await orderOf(canceled.id)).toMatchObject({ status: "canceled", metadata: { cancelled_reason: "Customer requested cancellation" } })
    // the program's own usage examples ship, deliver and then cancel one order: Medusa does not cancel what was shipped
    expect(await orderOf(shipped.id)).toMatchObject({
      status: expect.not.stringMatching("canceled") as unknown,
      fulfillment_status: "delivered",
      metadata: { carrier_name: "FedEx", tracking_number: "TRK123456789" },
      odoo: { synced: true, odoo_order_id: 71, odoo_order_name: "S00071" },
      fulfillments: [
        {
          shipped_at: expect.any(String) as unknown,
          delivered_at: expect.any(String) as unknown,
          tracking: [{ number: "TRK123456789", url: "https://tracking.carrier.com/TRK123456789" }],
        },
      ],
    })
    const { data } = await axios.get<{ refusals: unknown[] }>(`${url}/admin/odoo/refusals`, { headers: { authorization: present().adminAccess } })
    expect(data.refusals).toMatchObject([{ record_id: shipped.id }])
  })
}

describe("an older program, run to the letter,", runningPrograms)

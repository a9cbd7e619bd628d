import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { columnsOf, type ReadTable } from "../../src/read-model/medusa-tables/columns"
import { sweepDue } from "../../src/workflows/sweep/sweep"
import { pricesOf, variantsBySku } from "../support/catalogue"
import { shopSuite } from "../support/suite"

/** A column of a table, and what Medusa's mapper calls both. */
type Column = { module: string; entity: string; table: ReadTable; column: string }

/** Columns that another Medusa calls otherwise. */
const RENAMED: readonly Column[] = [
  { module: Modules.CUSTOMER, entity: "Customer", table: "customer", column: "email" },
  { module: Modules.CUSTOMER, entity: "CustomerAddress", table: "customer_address", column: "phone" },
  { module: Modules.ORDER, entity: "OrderAddress", table: "order_address", column: "city" },
  { module: Modules.ORDER, entity: "OrderLineItem", table: "order_line_item", column: "variant_sku" },
  { module: Modules.STOCK_LOCATION, entity: "StockLocation", table: "stock_location", column: "name" },
  { module: Modules.PRODUCT, entity: "Product", table: "product", column: "title" },
  { module: Modules.PRODUCT, entity: "ProductVariant", table: "product_variant", column: "barcode" },
  { module: Modules.PRICING, entity: "Price", table: "price", column: "rules_count" },
  { module: Modules.INVENTORY, entity: "InventoryItem", table: "inventory_item", column: "title" },
  { module: Modules.INVENTORY, entity: "InventoryLevel", table: "inventory_level", column: "incoming_quantity" },
  { module: Modules.PAYMENT, entity: "PaymentCollection", table: "payment_collection", column: "captured_amount" },
]

/**
 * Columns that another Medusa does without. Nothing stands in them here, because no answer can have what is nowhere. Tables that
 * are written here are left out: Medusa's services name all of their columns then.
 */
const DROPPED: readonly Column[] = [
  { module: Modules.CUSTOMER, entity: "Customer", table: "customer", column: "company_name" },
  { module: Modules.CUSTOMER, entity: "CustomerAddress", table: "customer_address", column: "province" },
  { module: Modules.ORDER, entity: "OrderAddress", table: "order_address", column: "company" },
  { module: Modules.INVENTORY, entity: "ReservationItem", table: "reservation_item", column: "metadata" },
  { module: Modules.PAYMENT, entity: "Refund", table: "refund", column: "note" },
]

type Property = { fieldNames: string[]; persist?: boolean }

type Manager = { getMetadata: () => { get: (entity: string) => { properties: Record<string, Property> } }; getDriver: () => object }

/** An answer without the ids and times that each run makes anew. */
const anonymous = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .replace(/\b[a-z]+_[0-9A-HJKMNP-TV-Z]{26}\b/g, "an id")
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g, "a time")
  )

shopSuite({ alone: true }, (bench) => {
  const database = (): Knex => bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)

  /** What Odoo pulls. */
  const pulled = async () => {
    const answers = []
    for (const path of ["orders", "customers", "inventory?include_products=true", "inventory?sku=shirt", "customers?email=layla"]) {
      const { status, data } = await bench.client.get(`/odoo/${path}`)
      answers.push([path, status, data])
    }
    return answers
  }

  const answerOf = async (path: string, body: object) => {
    const { status, data } = await bench.client.post(`/odoo/${path}`, body)
    return [path, status, data]
  }

  /**
   * An order that was sold, and an order and a customer of which no event of Medusa told. They are made before the tables change: to
   * sell, Medusa's pricing module has SQL of its own, with the columns of today.
   */
  const sell = async () => {
    const { id } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }])
    await bench.untilAllIsTold()
    await bench.container.resolve(Modules.ORDER).createOrders({ currency_code: "kwd", email: "silent@example.com", items: [{ title: "Mug", quantity: 2, unit_price: 1.255 }] })
    await bench.container.resolve(Modules.CUSTOMER).createCustomers({ email: "quiet@example.com", first_name: "Quiet" })
    for (const table of [`"order"`, "customer"]) {
      await database().raw(`UPDATE ${table} SET created_at = created_at - interval '15 seconds'`)
    }
    return id
  }

  /** What the sweep finds and tells Odoo. */
  const swept = async () => {
    await database().raw("UPDATE odoo_sweep SET installed_at = now() - interval '1 year', baseline_done_at = now(), next_at = now()")
    bench.standIn.reset()
    const result = await sweepDue(bench.container)
    await bench.untilAllIsTold()
    return [result, bench.standIn.deliveries.map(({ body: { event, data } }) => [event, data])]
  }

  /** What a shop and Odoo say to each other, and what stands in the shop at the end. */
  const useAll = async (orderId: string) => {
    const scarf = (color: string, more: object = {}) => ({ sku: `SCARF-${color}`, name: "Scarf", odoo_product_tmpl_id: 7, price: 3500, attributes: { Color: color }, quantity: 4, ...more })
    const answers = [
      await answerOf("products", scarf("Red", { barcode: "6291041500299", tags: ["winter"], category: "Clothes" })),
      await answerOf("products", scarf("Blue")),
      await answerOf("products/bulk", { products: [scarf("Red"), scarf("Blue")] }),
      await answerOf("products/bulk", { products: [scarf("Red", { price: 4250, name: "Warm scarf" }), { sku: "SHIRT-S", price: 5500 }] }),
      await answerOf("products/bulk", { products: [scarf("Red", { sku: "SCARF-Blue" }), scarf("Blue", { sku: "SCARF-Red" })] }),
      await answerOf("webhooks/inventory", { event_type: "inventory.updated", items: [{ sku: "SHIRT-M", quantity: 40 }, { sku: "SHIRT-S", quantity: 50 }] }),
      await answerOf("inventory/bulk-update", { items: [{ sku: "MUG-WHITE", quantity: 9 }] }),
      await answerOf("webhooks/order-status", { event_type: "order.shipped", order: { medusa_order_id: orderId, tracking_number: "KW1" } }),
    ]
    const variants = await variantsBySku(bench.container, ["SCARF-Red", "SCARF-Blue", "SHIRT-S"])
    const prices = Object.entries(variants).map(([sku, variant]) => [sku, variant.product.title, variant.barcode, pricesOf(variant)])
    return anonymous({ answers, prices, swept: await swept(), pulled: await pulled() })
  }

  /** The mapper's account of a column. */
  const mapped = ({ module, entity, column }: Column) => {
    const repository = Reflect.get(bench.container.resolve<object>(module), "baseRepository_") as { getFreshManager: () => Manager }
    const manager = repository.getFreshManager()
    const learned = Object.values(Reflect.get(manager.getDriver(), "comparator") as object).filter((part): part is Map<unknown, unknown> => part instanceof Map)
    const forget = () => {
      learned.forEach((part) => {
        part.clear()
      })
    }
    return { property: manager.getMetadata().get(entity).properties[column]!, forget }
  }

  const bootAgain = () => bench.odoo.__hooks.onApplicationStart()

  /** Uses the shop as it is, and again with changed tables; gives both accounts, and what was warned of. */
  const beforeAndAfter = async (columns: readonly Column[], change: (column: Column) => Promise<void>, takeBack: (column: Column) => Promise<void>) => {
    const before = await useAll(await sell())
    await bench.untilAllIsTold()
    await bench.database.resetToSuite()
    const orderId = await sell()
    const warn = jest.spyOn(bench.container.resolve(ContainerRegistrationKeys.LOGGER), "warn").mockImplementation(() => undefined)
    try {
      for (const column of columns) {
        await change(column)
      }
      await bootAgain()
      const warned = warn.mock.calls.map(([text]) => text)
      return { before, after: await useAll(orderId), warned }
    } finally {
      for (const column of columns) {
        await takeBack(column)
      }
      await bootAgain()
      warn.mockRestore()
    }
  }

  const warningOf = ({ table, column }: Column) => expect.stringMatching(`table ${table} lacks columns .*${column}.*slower`) as unknown

  describe("a Medusa that calls columns otherwise", () => {
    const rename = async (column: Column, from: string, to: string) => {
      await database().raw(`ALTER TABLE "${column.table}" RENAME COLUMN ${from} TO ${to}`)
      const { property, forget } = mapped(column)
      property.fieldNames = [to]
      forget()
    }

    it("is pulled from, pushed to and swept as before", async () => {
      const { before, after, warned } = await beforeAndAfter(
        RENAMED,
        (each) => rename(each, each.column, `${each.column}_2`),
        (each) => rename(each, `${each.column}_2`, each.column)
      )
      expect(warned).toEqual(expect.arrayContaining(RENAMED.map(warningOf)))
      expect(after).toEqual(before)
    })
  })

  describe("a Medusa that does without columns", () => {
    const typeOf = ({ table, column }: Column) => columnsOf(table).find(([name]) => name === column)![1]

    const map = (column: Column, isThere: boolean) => {
      const { property, forget } = mapped(column)
      property.persist = isThere
      forget()
    }

    it("is pulled from, pushed to and swept as before", async () => {
      const { before, after, warned } = await beforeAndAfter(
        DROPPED,
        async (each) => {
          await database().raw(`ALTER TABLE "${each.table}" DROP COLUMN ${each.column}`)
          map(each, false)
        },
        async (each) => {
          await database().raw(`ALTER TABLE "${each.table}" ADD COLUMN ${each.column} ${typeOf(each)}`)
          map(each, true)
        }
      )
      expect(warned).toEqual(expect.arrayContaining(DROPPED.map(warningOf)))
      expect(after).toEqual(before)
    })
  })
})

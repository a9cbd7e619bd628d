import fc from "fast-check"

import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { CreateOrderDTO } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { rewriteStatements, type Db } from "../../src/database/statement"
import { columnsOf, READ_COLUMNS, READ_TABLES } from "../../src/read-model/medusa-tables/columns"
import { readByService } from "../../src/read-model/medusa-tables/substitutes"
import { captureOrdersWorkflow } from "../../src/workflows"
import { everyRead, everyTranslationRead, type Asked } from "../support/every-read"
import { aLife, LivingOrder } from "../support/order-life"
import { anOrder } from "../support/random-orders"
import { shopSuite, type Bench } from "../support/suite"

const database = (bench: Bench): Knex => bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)

const select = async <T>(bench: Bench, statement: string) => (await database(bench).raw<{ rows: T[] }>(statement)).rows

const NOTHING: Asked = {
  orders: [], lines: [], fulfillments: [], payments: [], customers: [], addresses: [], products: [], variants: [], items: [], skus: [], location: "sloc_1",
}

/** An answer without the order of its lists and the microseconds of its times, which the versions of rows add up: Medusa's services give neither. */
function settled(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(settled).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
  }
  if (value instanceof Date || (typeof value === "string" && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/.test(value))) {
    return new Date(value).toISOString()
  }
  if (typeof value === "string" && /^\d+\/\d+$/.test(value)) {
    return value.split("/")[0]
  }
  return value !== null && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, settled(each)])) : value
}

/** Compares what is there with versions that were noted with their microseconds: what is read by a service is compared once more. */
const BY_MICROSECONDS = /^selectChangedRecords /

/** Reads a shop with all statements; one that throws says why. */
async function readAll(bench: Bench, asked: Asked): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {}
  for (const [name, read] of Object.entries(everyRead(asked)).filter(([each]) => !BY_MICROSECONDS.test(each))) {
    answers[name] = settled(await read(database(bench)).catch((error: unknown) => String(error)))
  }
  return answers
}

const idsOf = async (bench: Bench, table: string) => (await select<{ id: string }>(bench, `SELECT id FROM "${table}" ORDER BY id`)).map(({ id }) => id)

/** A shop in which something of each kind has happened. */
async function fill(bench: Bench): Promise<Asked> {
  const orders = bench.container.resolve(Modules.ORDER)
  const lives = fc.sample(aLife, { numRuns: 6, seed: 7 })
  for (const [index, order] of fc.sample(anOrder, { numRuns: lives.length, seed: 7 }).entries()) {
    const { id } = await orders.createOrders({ ...order, email: `buyer-${String(index)}@example.com` } as CreateOrderDTO)
    await new LivingOrder(bench.container, id).live(lives[index]!)
  }
  // no event of Medusa's tells of orders that a service has made
  await captureOrdersWorkflow(bench.container).run({ input: { ids: await idsOf(bench, "order") } })
  await bench.client.post("/odoo/products/bulk", {
    products: [{ sku: "SCARF", name: "Scarf", price: 3, category: "Clothes", tags: ["summer"], images: ["https://example.com/a.png"], quantity: 4, attributes: { Color: "Red" } }],
  })
  const placed = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }, { sku: "MUG-WHITE", quantity: 1 }])
  await bench.client.post("/odoo/webhooks/order-status", { event_type: "order.shipped", order: { medusa_order_id: placed.id } })
  await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
  await bench.untilAllIsTold()
  // statements leave out links and orders of the last moments: none may become old enough between two readings
  await database(bench).raw("UPDATE odoo_link SET updated_at = updated_at - interval '10 minutes'")
  await database(bench).raw(`UPDATE "order" SET created_at = created_at - interval '10 minutes'`)
  return {
    orders: await idsOf(bench, "order"),
    lines: await idsOf(bench, "order_line_item"),
    fulfillments: await idsOf(bench, "fulfillment"),
    payments: await idsOf(bench, "payment"),
    customers: await idsOf(bench, "customer"),
    addresses: await idsOf(bench, "customer_address"),
    products: await idsOf(bench, "product"),
    variants: await idsOf(bench, "product_variant"),
    items: await idsOf(bench, "inventory_item"),
    skus: ["SHIRT-S", "SHIRT-M", "MUG-WHITE", "SCARF"],
    location: bench.shop.locationId,
  }
}

shopSuite({ empty: true }, (bench) => {
  describe("the list of columns that are read", () => {
    it("is what the statements use, by Postgres' own account", async () => {
      const db = database(bench)
      const used = new Set<string>()
      const note = async (text: string) => {
        const transaction = await db.transaction()
        await transaction.raw(`CREATE VIEW read_model_columns AS ${text.replaceAll("?", "\\?")}`)
        const found = await transaction.raw<{ rows: { table_name: string; column_name: string }[] }>(
          "SELECT table_name, column_name FROM information_schema.view_column_usage WHERE view_name = 'read_model_columns'"
        )
        await transaction.rollback()
        found.rows.forEach(({ table_name: table, column_name: column }) => used.add(`${table}.${column}`))
      }
      const recording = new Proxy(db, {
        get: (target, property): unknown =>
          property !== "raw"
            ? Reflect.get(target, property)
            : async (statement: string, bindings: Record<string, Knex.RawBinding>) => {
                await note(db.raw(statement, bindings).toQuery())
                return { rows: [] }
              },
      })
      for (const read of Object.values(everyRead(NOTHING))) {
        await read(recording as Db)
      }
      expect(used.size).toBeGreaterThan(200)
      const listed = READ_TABLES.filter((table) => table !== "translation").flatMap((table) => columnsOf(table).map(([column]) => `${table}.${column}`))
      expect([...used].filter((column) => !column.startsWith("odoo_")).sort()).toEqual(listed.sort())
      const statements: string[] = []
      await everyTranslationRead(NOTHING).selectTranslations!({ raw: (text: string) => (statements.push(text), Promise.resolve({ rows: [] })) } as never)
      Object.keys(READ_COLUMNS.translation).forEach((column) => expect(statements.join()).toContain(column))
    })
  })

  describe("what Medusa's own services say", () => {
    afterEach(() => rewriteStatements(undefined))

    it("is what the statements read", async () => {
      const asked = await fill(bench)
      const before = await readAll(bench, asked)
      readByService(READ_TABLES)
      const served = await readAll(bench, asked)
      const failed = Object.values(before).filter((answer) => typeof answer === "string")
      expect(failed).toEqual([])
      expect(served).toEqual(before)
    })
  })
})

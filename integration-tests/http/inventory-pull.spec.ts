import fc from "fast-check"

import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStockLocationsWorkflow } from "@medusajs/medusa/core-flows"

import { listInventoryAnswer } from "../../src/wire/answer-schemas/inventory"
import { REPLAY, runs } from "../support/replay"
import { leastStatements } from "../support/statements"
import { shopSuite, type Bench } from "../support/suite"

async function list(bench: Bench, query = "") {
  const { status, data } = await bench.client.get(`/odoo/inventory${query}`)
  expect([query, status]).toEqual([query, 200])
  const answer = listInventoryAnswer.parse(data)
  // a schema drops what it does not describe
  expect(data).toEqual(answer)
  return answer
}

const RUNS = runs(50, 200)

/** When rows were made; several at once, to the microsecond. */
const moment = fc.constantFrom("2026-01-01T00:00:00.000001Z", "2026-01-01T00:00:00.000002Z")

/** Items at none, one or both of two locations; now and then what was deleted, and a level that its item has left behind. */
const stock = fc.array(
  fc.record({
    createdAt: moment,
    isDeleted: fc.boolean(),
    levels: fc.array(fc.record({ createdAt: moment, isDeleted: fc.boolean() }), { maxLength: 2 }),
  }),
  { maxLength: 9 }
)

const nameOf = (row: { id: string; location_id: string | null }) => `${row.id} ${String(row.location_id)}`

const skusOf = async (bench: Bench, query: string) => (await list(bench, query)).inventory.map((row) => row.sku).sort()

shopSuite({}, (bench) => {
  const inventory = () => bench.container.resolve("inventory")

  /** Items that belong to no product and are at no location. */
  const keep = (...skus: string[]) => inventory().createInventoryItems(skus.map((sku) => ({ sku, title: `Kept ${sku}` })))

  const secondPlace = async () => {
    const { result } = await createStockLocationsWorkflow(bench.container).run({ input: { locations: [{ name: "Annex" }] } })
    const id = result[0]!.id
    const item = bench.shop.variants["SHIRT-S"]!.inventoryItemId
    await inventory().createInventoryLevels([
      { inventory_item_id: item, location_id: id, stocked_quantity: 4, incoming_quantity: 6 },
    ])
    return id
  }

  describe("GET /odoo/inventory", () => {
    it("shows what is stocked, reserved, available and to come, in both list shapes", async () => {
      await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 2 }])
      const page = await list(bench)
      expect(page).toMatchObject({ total: 3, limit: 100, offset: 0 })
      expect(page.pagination).toEqual({ total: 3, limit: 100, offset: 0, has_more: false, next_cursor: null })
      expect(page.inventory.find((row) => row.sku === "SHIRT-S")).toEqual({
        id: bench.shop.variants["SHIRT-S"]!.inventoryItemId,
        sku: "SHIRT-S",
        title: "S",
        stocked_quantity: 50,
        reserved_quantity: 2,
        available_quantity: 48,
        incoming_quantity: 0,
        location_id: bench.shop.locationId,
        location_name: bench.shop.locationName,
      })
    })

    it("shows an item once at each of its locations, and one that is at none with zeros", async () => {
      const annex = await secondPlace()
      await keep("LOOSE")
      const { inventory: rows, total } = await list(bench)
      expect([rows.length, total]).toEqual([5, 5])
      const shirts = rows.filter((row) => row.sku === "SHIRT-S")
      expect(shirts.map((row) => [row.location_name, row.stocked_quantity, row.incoming_quantity])).toEqual([
        [bench.shop.locationName, 50, 0],
        ["Annex", 4, 6],
      ])
      expect(rows.find((row) => row.sku === "LOOSE")).toMatchObject({
        title: "Kept LOOSE", stocked_quantity: 0, reserved_quantity: 0, available_quantity: 0, incoming_quantity: 0, location_id: null, location_name: null,
      })
      expect((await list(bench, `?location_id=${annex}`)).inventory.map((row) => row.sku)).toEqual(["SHIRT-S"])
    })

    it("shows the product where it is asked for, and null for an item that belongs to none", async () => {
      await keep("LOOSE")
      const { inventory: rows } = await list(bench, "?include_products=true")
      const shirt = rows.find((row) => row.sku === "SHIRT-S")!.product!
      expect(shirt).toEqual({
        id: shirt.product_id,
        title: "Cotton shirt",
        handle: "cotton-shirt",
        variant_id: bench.shop.variants["SHIRT-S"]!.id,
        variant_title: "S",
        barcode: "6291041500213",
        product_id: expect.stringMatching(/^prod_/),
        product_title: "Cotton shirt",
      })
      expect(rows.find((row) => row.sku === "LOOSE")!.product).toBeNull()
      expect((await list(bench, "?include_products=false")).inventory[0]).not.toHaveProperty("product")
    })

    it("finds a part of a SKU in any case, and takes % and _ for what they are", async () => {
      await keep("A_B", "AXB")
      expect(await skusOf(bench, "?sku=shirt")).toEqual(["SHIRT-M", "SHIRT-S"])
      expect(await skusOf(bench, "?sku=a_b")).toEqual(["A_B"])
      expect(await skusOf(bench, "?sku=%25")).toEqual([])
    })

    it("shows stock that is kept for a SKU the catalogue does not know, under that SKU", async () => {
      await bench.client.post("/odoo/inventory", { items: [{ sku: "NOT-YET", quantity: 5, title: "Not yet" }] })
      const { inventory: rows } = await list(bench, "?sku=not-yet&include_products=true")
      expect(rows).toEqual([expect.objectContaining({ sku: "NOT-YET", stocked_quantity: 5, location_id: bench.shop.locationId, product: null })])
    })

    it("lists what is low: below 10, or below the threshold that is named", async () => {
      const levels = (sku: string, quantity: number) =>
        inventory().updateInventoryLevels([
          { inventory_item_id: bench.shop.variants[sku]!.inventoryItemId, location_id: bench.shop.locationId, stocked_quantity: quantity },
        ])
      await levels("SHIRT-S", 9)
      await levels("SHIRT-M", 10)
      expect(await skusOf(bench, "?low_stock=true")).toEqual(["SHIRT-S"])
      expect(await skusOf(bench, "?low_stock=true&low_stock_threshold=11")).toEqual(["SHIRT-M", "SHIRT-S"])
      expect(await skusOf(bench, "?low_stock=true&low_stock_threshold=0")).toEqual([])
      expect(await skusOf(bench, "?low_stock=false")).toHaveLength(3)
      expect(await skusOf(bench, "?low_stock_threshold=11")).toHaveLength(3)
    })

    it("lists what has changed since, be it the item or its stock", async () => {
      await keep("LOOSE")
      const since = new Date().toISOString()
      expect(await skusOf(bench, `?updated_since=${since}`)).toEqual([])
      await bench.client.post("/odoo/inventory/bulk-update", { items: [{ sku: "SHIRT-M", quantity: 7 }] })
      expect(await skusOf(bench, `?updated_since=${since}`)).toEqual(["SHIRT-M"])
      const [loose] = await inventory().listInventoryItems({ sku: "LOOSE" })
      await inventory().updateInventoryItems([{ id: loose!.id, title: "Renamed" }])
      expect(await skusOf(bench, `?updated_since=${since}`)).toEqual(["LOOSE", "SHIRT-M"])
    })

    it("pages by cursor without a gap or a repeat while rows are added", async () => {
      await keep("K1", "K2", "K3")
      const seen: string[] = []
      for (let cursor: string | null = ""; cursor !== null; ) {
        const page: Awaited<ReturnType<typeof list>> = await list(bench, `?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`)
        seen.push(...page.inventory.map(nameOf))
        if (cursor === "") {
          await secondPlace()
          await keep("LATE")
        }
        cursor = page.pagination.next_cursor
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen).toHaveLength(8)
      const all = (await list(bench)).inventory.map(nameOf)
      expect(seen).toEqual(all)
      expect((await list(bench, "?limit=3&offset=4")).inventory.map(nameOf)).toEqual(all.slice(4, 7))
    })

    it("cuts the same pages whatever was deleted and whenever it was made, by cursor and by offset", async () => {
      const db = bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      const places = [bench.shop.locationId, "sloc_other"]
      await fc.assert(
        fc.asyncProperty(stock, fc.integer({ min: 1, max: 5 }), async (items, limit) => {
          await db.raw("DELETE FROM inventory_item")
          const deletedAt = (isDeleted: boolean) => (isDeleted ? "2026-01-03T00:00:00Z" : null)
          for (const [n, { createdAt, isDeleted, levels }] of items.entries()) {
            const id = `iitem_${String(9 - n)}`
            await db("inventory_item").insert({ id, sku: `SKU-${id}`, created_at: createdAt, deleted_at: deletedAt(isDeleted) })
            for (const [at, level] of levels.entries()) {
              await db("inventory_level").insert({
                id: `ilev_${String(at)}_${String(n)}`, inventory_item_id: id, location_id: places[at],
                created_at: level.createdAt, deleted_at: deletedAt(level.isDeleted),
              })
            }
          }
          const { rows } = await db.raw<{ rows: { id: string; location_id: string | null }[] }>(
            `SELECT item.id, level.location_id
             FROM inventory_item AS item
             LEFT JOIN inventory_level AS level ON level.inventory_item_id = item.id AND level.deleted_at IS NULL
             WHERE item.deleted_at IS NULL
             ORDER BY coalesce(level.created_at, item.created_at), coalesce(level.id, item.id)`
          )
          const expected = rows.map(nameOf)
          const seen: string[] = []
          for (let cursor: string | null = ""; cursor !== null; ) {
            const offset = seen.length
            const page: Awaited<ReturnType<typeof list>> = await list(bench, `?limit=${String(limit)}${cursor === "" ? "" : `&cursor=${cursor}`}`)
            expect(page.total).toBe(expected.length)
            expect((await list(bench, `?limit=${String(limit)}&offset=${String(offset)}`)).inventory).toEqual(page.inventory)
            seen.push(...page.inventory.map(nameOf))
            cursor = page.pagination.next_cursor
          }
          expect(seen).toEqual(expected)
        }),
        { numRuns: RUNS, ...REPLAY }
      )
    })

    it("asks the database as often for many rows as for one", async () => {
      await keep(...Array.from({ length: 40 }, (_, index) => `K${String(index)}`))
      await list(bench)
      const one = await leastStatements(() => list(bench, "?limit=1&include_products=true"))
      expect(one).toBeGreaterThan(0)
      // one more, because the rows are counted anew where anybody has written to the server meanwhile, another test too
      expect(await leastStatements(() => list(bench, "?limit=43&include_products=true"))).toBeLessThanOrEqual(one + 1)
    })

    it("answers NOT_FOUND for a location that is not there, and says what is wrong with a query", async () => {
      const unknown = await bench.client.get("/odoo/inventory?location_id=sloc_nothing")
      expect([unknown.status, unknown.data.error.code]).toEqual([404, "NOT_FOUND"])
      for (const query of [
        "limit=0", "limit=501", "offset=-1", "cursor=mine", "sku=%00", "sku=a&sku=b", "low_stock=yes",
        "low_stock_threshold=-1", "low_stock_threshold=1.5", "include_products=1", "updated_since=soon",
      ]) {
        const { status, data } = await bench.client.get(`/odoo/inventory?${query}`)
        expect([query, status, data.error?.code]).toEqual([query, 400, "VALIDATION_ERROR"])
      }
    })
  })
})

import fc from "fast-check"

import {
  createInventoryItemsWorkflow,
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
  updateProductVariantsWorkflow,
} from "@medusajs/medusa/core-flows"
import { Modules } from "@medusajs/framework/utils"

import type { StockItem } from "../../src/wire/schemas/inventory"
import { ingestInventory } from "../../src/workflows"
import { readLevels } from "../../src/workflows/stock-levels/levels"
import { planStock } from "../../src/workflows/stock-levels/plan-stock"
import { resolveItems } from "../../src/workflows/ingest-inventory/resolve-items"
import { REPLAY, runs } from "../support/replay"
import { shopSuite, type Bench } from "../support/suite"

const RUNS = runs(60, 300)

/** What can be called by more than one name, or by a name that is not its own. */
const SKUS = ["SHIRT-S", "shirt-s", "SHIRT-M", "RENAMED", "BEFORE", "KIT", "CUP", "cup", "SPOON", "KEPT", "NOWHERE", "UNKNOWN"]

/** A second location, and goods of every kind. */
async function stockOddGoods({ container, shop, client }: Bench): Promise<string> {
  const { id: cellar } = await container.resolve(Modules.STOCK_LOCATION).createStockLocations({ name: "Cellar" })
  const { result: items } = await createInventoryItemsWorkflow(container).run({
    input: { items: ["CUP", "SPOON", "NOWHERE"].map((sku) => ({ sku, title: sku })) },
  })
  const [cup, spoon] = items.map(({ id }) => id)
  await createInventoryLevelsWorkflow(container).run({
    input: {
      inventory_levels: [
        ...[cup!, spoon!].map((id) => ({ inventory_item_id: id, location_id: shop.locationId, stocked_quantity: 5 })),
        { inventory_item_id: shop.variants["SHIRT-S"]!.inventoryItemId, location_id: cellar, stocked_quantity: 5 },
      ],
    },
  })
  // a kit of two cups, and a variant that is called like one item and is stocked as another
  await createProductsWorkflow(container).run({
    input: {
      products: [
        {
          title: "Kit", handle: "kit", sales_channels: [{ id: shop.salesChannelId }], options: [{ title: "Kind", values: ["Kit", "Spoon"] }],
          variants: [
            {
              title: "Kit", sku: "KIT", manage_inventory: true, options: { Kind: "Kit" }, prices: [{ currency_code: "kwd", amount: 1 }],
              inventory_items: [{ inventory_item_id: cup!, required_quantity: 2 }],
            },
            {
              title: "Spoon", sku: "SPOON", manage_inventory: true, options: { Kind: "Spoon" }, prices: [{ currency_code: "kwd", amount: 1 }],
              inventory_items: [{ inventory_item_id: cup!, required_quantity: 1 }],
            },
          ],
        },
      ],
    },
  })
  // a person has given a variant another SKU: its item keeps the old one
  await updateProductVariantsWorkflow(container).run({
    input: { product_variants: [{ id: shop.variants["MUG-WHITE"]!.id, sku: "RENAMED" }] },
  })
  await container.resolve(Modules.INVENTORY).updateInventoryItems({ id: shop.variants["MUG-WHITE"]!.inventoryItemId, sku: "BEFORE" })
  // Odoo's ids of a variant that is called by its SKU too, of one with another item, and of a kit
  for (const [sku, odooId] of [["SHIRT-S", 7], ["SPOON", "8"], ["KIT", 9]] as const) {
    const [variant] = await container.resolve(Modules.PRODUCT).listProductVariants({ sku })
    await container.resolve(Modules.PRODUCT).updateProductVariants(variant!.id, { metadata: { odoo_id: odooId } })
  }
  await client.post("/odoo/inventory", { items: [{ sku: "KEPT", quantity: 5, location_id: shop.locationId }] })
  return cellar
}

shopSuite({}, (bench) => {
  /** A push of random items; few numbers and times, so that many say what is so already. */
  const pushOf = (locations: string[]) =>
    fc.array(
      fc.record({
        sku: fc.constantFrom(...SKUS),
        adjustment: fc.constantFrom("absolute" as const, "absolute" as const, "absolute" as const, "delta" as const),
        odooId: fc.constantFrom(undefined, undefined, "7", "8", "9"),
        quantity: fc.constantFrom(5, 5, 5, 5, 6, 0, 5.5, -1, -0.5, 5.0000000001),
        quantityIs: fc.constantFrom(undefined, undefined, "available" as const),
        locationId: fc.constantFrom(...locations),
        statedAt: fc.constantFrom(undefined, undefined, Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2)),
      }).map((item) => ({
        ...item,
        ...(item.adjustment === "delta" ? { quantity: item.quantity - 6 } : {}),
        // what has an id of Odoo's needs no SKU
        ...(item.odooId !== undefined && item.sku === "shirt-s" ? { sku: "" } : {}),
      })),
      { minLength: 1, maxLength: 12 }
    )

  /** What the same items come to one after the other, looked up and planned without any short way. */
  const predict = async (items: StockItem[]) => {
    const resolved = await resolveItems(bench.container, items, true)
    const statements = resolved.filter((each) => "itemId" in each)
    const itemIds = statements.map(({ itemId }) => itemId)
    const { stock } = await readLevels(bench.container, itemIds)
    const { outcomes, changed } = planStock(statements, stock)
    return {
      outcomes: resolved.map((each) => ("itemId" in each ? outcomes.get(each) : each.outcome)),
      stock: new Map([...stock, ...changed]),
      itemIds,
    }
  }

  describe("a push that compares before it looks closer", () => {
    it("answers and leaves what it would without that, whatever the SKUs mean", async () => {
      const cellar = await stockOddGoods(bench)
      await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 2 }, { sku: "SHIRT-M", quantity: 1 }])
      const statuses = new Set<string>()
      const remarks = new Set<string>()
      await fc.assert(
        fc.asyncProperty(pushOf([bench.shop.locationId, bench.shop.locationId, cellar]), async (items) => {
          const expected = await predict(items)
          const outcomes = await ingestInventory(bench.container, { items })
          expect(outcomes).toEqual(expected.outcomes)
          expect((await readLevels(bench.container, expected.itemIds)).stock).toEqual(expected.stock)
          outcomes.forEach(({ status, oversold_by, rounded_from }) => {
            statuses.add(status)
            remarks.add(`${status} ${String(oversold_by !== undefined)} ${String(rounded_from !== undefined)}`)
          })
        }),
        { numRuns: RUNS, ...REPLAY }
      )
      expect([...statuses].sort()).toEqual(["failed", "not_found", "stale", "unchanged", "updated"])
      expect([...remarks]).toEqual(expect.arrayContaining(["unchanged true false", "unchanged false true", "updated true false", "updated false true"]))
    })
  })

  describe("a push whose lock can not be given back", () => {
    it("is answered as done, because it is: it would be sent again otherwise, and count twice", async () => {
      const release = jest.spyOn(bench.container.resolve(Modules.LOCKING), "release").mockRejectedValueOnce(new Error("no connection"))
      const { status, data } = await bench.client.post("/odoo/webhooks/inventory", {
        event_type: "inventory.adjustment",
        items: [{ sku: "SHIRT-S", quantity: -1, adjustment_type: "delta" }],
      })
      expect(release).toHaveBeenCalledTimes(1)
      release.mockRestore()
      expect([status, data.success]).toEqual([200, true])
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(49)
    })
  })

  describe("pushes that come together", () => {
    it("each get their own answer, and none fails with another", async () => {
      await bench.container.resolve(Modules.STOCK_LOCATION).createStockLocations({ name: "Cellar" })
      const { locationId } = bench.shop
      const change = (sku: string, quantity: number, location?: string) =>
        bench.client.post("/odoo/webhooks/inventory", {
          event_type: "inventory.adjustment",
          items: [{ sku, quantity, adjustment_type: "delta", ...(location === undefined ? {} : { location_id: location }) }],
        })
      const answers = await Promise.all([
        ...Array.from({ length: 20 }, () => change("SHIRT-S", -1, locationId)),
        change("SHIRT-S", -1_000, locationId),
        change("NO-SUCH-SKU", 1, locationId),
        // no location can be told for it
        change("SHIRT-S", 1),
        ...Array.from({ length: 20 }, () => change("SHIRT-M", 1, locationId)),
      ])
      const seen = answers.map(({ status, data }) => (status === 200 ? data.results[0].status : status))
      expect(seen).toEqual([...Array.from({ length: 20 }, () => "success"), "failed", "not_found", 400, ...Array.from({ length: 20 }, () => "success")])
      expect(answers.slice(0, 20).map(({ data }) => data.results[0].new_quantity).sort()).toEqual(Array.from({ length: 20 }, (_, index) => 30 + index))
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(30)
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(70)
    })
  })
})

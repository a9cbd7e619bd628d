import { asValue } from "@medusajs/framework/awilix"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { writesDirectly } from "../../src/core-writes/writes-directly"
import { kindOfLocks } from "../../src/locks/kind-of-locks"
import type { Bench } from "../support/suite"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

const LEVEL_UPDATED = "inventory.inventory-level.updated"

type Row = Record<string, unknown>

const database = (bench: Bench) => bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)

const query = async <T>(bench: Bench, statement: string, bindings: Record<string, string> = {}) =>
  (await database(bench).raw<{ rows: T[] }>(statement, bindings)).rows

/** Every column of an item's level, as Postgres writes it. */
async function levelOf(bench: Bench, sku: string): Promise<Row> {
  const [row] = await query<{ level: Row }>(
    bench,
    `SELECT to_jsonb(level) AS level FROM inventory_level AS level
     JOIN inventory_item AS item ON item.id = level.inventory_item_id WHERE item.sku = :sku`,
    { sku }
  )
  return row!.level
}

/** What tells one row from another, and is no matter of how it was written. */
const without = ({ id: _, inventory_item_id: __, created_at: ___, updated_at: ____, ...row }: Row) => row

shopSuite({}, (bench) => {
  const push = (sku: string, quantity: number) => bench.client.post("/odoo/inventory/update", { sku, quantity })

  const byService = (sku: string, quantity: number) =>
    bench.container.resolve(Modules.INVENTORY).updateInventoryLevels([
      { inventory_item_id: bench.shop.variants[sku]!.inventoryItemId, location_id: bench.shop.locationId, stocked_quantity: quantity },
    ])

  /** The ids of the levels that an event told of. */
  const listen = (name: string) => {
    const told: string[] = []
    const bus = bench.container.resolve(Modules.EVENT_BUS)
    const subscriber = ({ data }: { data: unknown }) => {
      told.push((data as { id: string }).id)
      return Promise.resolve()
    }
    bus.subscribe(name, subscriber, { subscriberId: "direct-writes-spec" })
    return { told, end: () => bus.unsubscribe(name, subscriber, { subscriberId: "direct-writes-spec" }) }
  }

  describe("a level that a push has written", () => {
    it("is, column by column, the one that Medusa's service writes", async () => {
      const options = jest.replaceProperty(bench.odoo, "options", { ...bench.odoo.options, fractionalQuantities: true })
      for (const quantity of [0, 7, 2.5, 0.1, 2_147_483_647]) {
        const before = await levelOf(bench, "SHIRT-S")
        await byService("SHIRT-M", quantity)
        await push("SHIRT-S", quantity)
        const [theirs, ours] = [await levelOf(bench, "SHIRT-M"), await levelOf(bench, "SHIRT-S")]
        expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort())
        expect(without(ours)).toEqual(without(theirs))
        expect([ours.id, ours.created_at]).toEqual([before.id, before.created_at])
        expect(String(ours.updated_at) > String(before.updated_at)).toBe(true)
      }
      options.restore()
    })

    it("is told of by the event that Medusa's service emits, once", async () => {
      const { told, end } = listen(LEVEL_UPDATED)
      await byService("SHIRT-M", 3)
      await push("SHIRT-S", 3)
      await waitFor("both are told", () => told.length >= 2)
      end()
      expect(told.sort()).toEqual([(await levelOf(bench, "SHIRT-M")).id, (await levelOf(bench, "SHIRT-S")).id].sort())
    })
  })

  describe("a Medusa that has changed its tables", () => {
    /** What the module does while Medusa boots. */
    const bootAgain = () => bench.odoo.__hooks.onApplicationStart()

    afterEach(async () => {
      await query(bench, "ALTER TABLE inventory_level DROP COLUMN IF EXISTS newcomer")
      await bootAgain()
    })

    it("has its own service write them, and says so in the log", async () => {
      await query(bench, "ALTER TABLE inventory_level ADD COLUMN newcomer text")
      const warn = jest.spyOn(bench.container.resolve(ContainerRegistrationKeys.LOGGER), "warn").mockImplementation(() => undefined)
      await bootAgain()
      const warned = warn.mock.calls.map(([text]) => text)
      warn.mockRestore()
      expect(warned).toEqual([expect.stringMatching(/table inventory_level .*newcomer.*slower/)])
      expect(await writesDirectly(bench.container, "inventory_level")).toBe(false)
      expect(await writesDirectly(bench.container, "price")).toBe(true)
      const { told, end } = listen(LEVEL_UPDATED)
      const { data } = await bench.client.post("/odoo/inventory/bulk-update", {
        items: [{ sku: "SHIRT-S", quantity: 4 }, { sku: "SHIRT-M", quantity: 50 }, { sku: "MUG-WHITE", quantity: 9 }],
      })
      expect(data.results).toMatchObject({ total: 3, updated: 3, unchanged: 1 })
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(4)
      expect(await bench.shopper.availabilityOf("MUG-WHITE")).toBe(9)
      await waitFor("the service has told of them", () => told.length >= 2)
      end()
      expect(told).toHaveLength(2)
    })

    describe("while its service fails", () => {
      beforeEach(async () => {
        await query(bench, "ALTER TABLE inventory_level ADD COLUMN newcomer text")
        await bootAgain()
      })

      const change = (items: object[]) =>
        bench.client.post("/odoo/webhooks/inventory", { event_type: "inventory.adjustment", items }, { headers: { "Idempotency-Key": "once" } })

      it("has what was written before taken back, so that a change that is sent again counts once", async () => {
        const skus = Array.from({ length: 300 }, (_, index) => `MANY-${String(index)}`)
        await bench.client.post("/odoo/inventory", { items: skus.map((sku) => ({ sku, quantity: 10 })) })
        const stocks = async () =>
          (await query<{ stocked: string; levels: string }>(
            bench,
            `SELECT level.stocked_quantity AS stocked, count(*) AS levels
             FROM inventory_level AS level JOIN odoo_stock_record AS record USING (inventory_item_id)
             GROUP BY level.stocked_quantity`
          )).map(({ stocked, levels }) => [Number(stocked), Number(levels)])
        const items = skus.map((sku) => ({ sku, quantity: -1, adjustment_type: "delta" }))
        const inventory = bench.container.resolve(Modules.INVENTORY)
        const original = inventory.updateInventoryLevels.bind(inventory)
        const update = jest.spyOn(inventory, "updateInventoryLevels").mockImplementationOnce(original).mockRejectedValueOnce(new Error("no connection"))
        bench.errors.expect("POST /odoo/webhooks/inventory failed")
        expect((await change(items)).status).toBe(500)
        update.mockRestore()
        expect(await stocks()).toEqual([[10, 300]])
        expect((await change(items)).data.summary).toMatchObject({ processed: 300 })
        expect(await stocks()).toEqual([[9, 300]])
      })

      it("keeps the locks for as long as it takes", async () => {
        const inventory = bench.container.resolve(Modules.INVENTORY)
        const locking = bench.container.resolve(Modules.LOCKING)
        const original = inventory.updateInventoryLevels.bind(inventory)
        expect(await kindOfLocks(bench.container)).toBe("owned")
        const acquire = jest.spyOn(locking, "acquire")
        const update = jest.spyOn(inventory, "updateInventoryLevels").mockImplementation(async (levels: Parameters<typeof original>[0]) => {
          await new Promise((resolve) => setTimeout(resolve, 6_000))
          return await original(levels)
        })
        await push("SHIRT-S", 3)
        update.mockRestore()
        const calls = acquire.mock.calls.map(([keys, args]) => ({ keys, ownerId: args?.ownerId }))
        acquire.mockRestore()
        expect(calls).toHaveLength(2)
        expect(calls[1]).toEqual(calls[0])
        // given back
        await locking.acquire(calls[0]!.keys, { ownerId: "another" })
        await locking.release(calls[0]!.keys, { ownerId: "another" })
      })
    })

    it("is asked for its tables again where that has failed", async () => {
      const db = database(bench)
      let isReachable = false
      const unreliable = new Proxy(db, {
        get: (target, property): unknown =>
          property === "raw" && !isReachable ? () => Promise.reject(new Error("no connection")) : Reflect.get(target, property),
      })
      const context = Reflect.get(bench.odoo, "context_") as object
      Object.assign(context, { db: unreliable })
      bench.errors.expect("the destinations of events could not be read (no connection)")
      await expect(bootAgain()).rejects.toThrow("no connection")
      Object.assign(context, { db })
      isReachable = true
      const container = bench.container.createScope() as MedusaContainer
      container.register(ContainerRegistrationKeys.PG_CONNECTION, asValue(unreliable))
      expect(await writesDirectly(container, "inventory_level")).toBe(true)
    })

    it("is believed again once the tables are those that are known", async () => {
      await query(bench, "ALTER TABLE inventory_level ADD COLUMN newcomer text")
      await bootAgain()
      await query(bench, "ALTER TABLE inventory_level DROP COLUMN newcomer")
      await bootAgain()
      expect(await writesDirectly(bench.container, "inventory_level")).toBe(true)
    })
  })
})

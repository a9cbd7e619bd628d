import { asValue } from "@medusajs/framework/awilix"
import type { ILockingModule, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { kindOfLocks } from "../../src/locks/kind-of-locks"
import { deliverEventsWorkflow } from "../../src/workflows"
import { underStockLock } from "../../src/workflows/stock-levels/stock-lock"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"
import { listEvents } from "../support/events"

// the lock that several instances need, and one post at a time
shopSuite({ env: { LOCKING: "postgres", ODOO_WEBHOOK_CONCURRENCY: "1" } }, (bench) => {
  /** Medusa refuses two carts of one new guest at the same moment. */
  const shopper = (number: number) => ({ email: `shopper-${String(number)}@example.com` })

  const change = (skus: string[], quantity: number) =>
    bench.client.post("/odoo/webhooks/inventory", {
      event_type: "inventory.adjustment",
      items: skus.map((sku) => ({ sku, quantity, adjustment_type: "delta" })),
    })

  describe("pushes that come at the same time", () => {
    it("all get through and add up, under Medusa's lock in Postgres, whatever their order", async () => {
      const answers = await Promise.all([
        ...Array.from({ length: 30 }, () => change(["SHIRT-M"], -1)),
        ...Array.from({ length: 10 }, () => change(["SHIRT-M", "SHIRT-S"], 1)),
        ...Array.from({ length: 10 }, () => change(["SHIRT-S", "SHIRT-M"], 1)),
      ])
      expect(answers.map(({ status, data }) => [status, data.success])).toEqual(answers.map(() => [200, true]))
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(40)
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(70)
    })

    it("get through where they are about more orders than the pool has connections", async () => {
      const orders = []
      for (let number = 0; number < 12; number += 1) {
        orders.push(await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }]))
      }
      const answers = await Promise.all(
        orders.flatMap(({ id }) => [
          bench.client.post("/odoo/inventory/reduce", { order_id: id, items: [{ sku: "SHIRT-M", quantity: 2 }] }),
          bench.client.post("/odoo/inventory/reduce", { order_id: id, items: [{ sku: "SHIRT-M", quantity: 2 }] }),
        ])
      )
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
      expect(answers.filter(({ data }) => data.results[0].status === "reduced")).toHaveLength(orders.length)
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(26)
    })

    it("wait for a sale that holds their items", async () => {
      const steps: string[] = []
      const sale = bench.container.resolve("locking").execute(bench.shop.variants["SHIRT-M"]!.inventoryItemId, async () => {
        await new Promise((resolve) => setTimeout(resolve, 700))
        steps.push("sale")
      })
      const push = change(["SHIRT-S", "SHIRT-M"], 1).then(({ status }) => steps.push(`push ${String(status)}`))
      await Promise.all([sale, push])
      expect(steps).toEqual(["sale", "push 200"])
    })

    it("leave the shop selling meanwhile, and lose no sale", async () => {
      const lines = [
        { sku: "SHIRT-S", quantity: 1 },
        { sku: "SHIRT-M", quantity: 1 },
      ]
      // one after the other: two checkouts of several lines can block each other by themselves
      const buyBoth = async () => [
        await bench.shopper.buy(lines, shopper(1)),
        await bench.shopper.buy([...lines].reverse(), shopper(2)),
      ]
      const [orders] = await Promise.all([
        buyBoth(),
        ...Array.from({ length: 20 }, () => change(["SHIRT-M", "SHIRT-S"], 1)),
      ])
      expect(orders).toHaveLength(2)
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(68)
    })
  })

  describe("a locking module whose provider is not known", () => {
    /** Medusa's module, as if its provider in Postgres numbered its locks otherwise. */
    const renumbering = () => {
      const locking = bench.container.resolve(Modules.LOCKING)
      const other = (keys: string | string[]) => [keys].flat().map((key) => `renumbered:${key}`)
      const renumbered: Pick<ILockingModule, "execute" | "acquire" | "release"> = {
        execute: (keys, work, args) => locking.execute(other(keys), work, args),
        acquire: (keys, args) => locking.acquire(other(keys), args),
        release: (keys, args) => locking.release(other(keys), args),
      }
      const container = bench.container.createScope() as MedusaContainer
      container.register(Modules.LOCKING, asValue(renumbered))
      return container
    }

    it("is known by how its locks exclude each other", async () => {
      expect(await kindOfLocks(bench.container)).toBe("advisory")
      expect(await kindOfLocks(renumbering())).toBe("executed")
    })

    it("keeps the stock to one at a time all the same", async () => {
      const container = renumbering()
      const [item, other] = ["SHIRT-M", "SHIRT-S"].map((sku) => bench.shop.variants[sku]!.inventoryItemId) as [string, string]
      let [atWork, most] = [0, 0]
      const work = async () => {
        most = Math.max(most, (atWork += 1))
        await new Promise((resolve) => setTimeout(resolve, 50))
        atWork -= 1
      }
      await Promise.all([
        ...[[item], [item, other], [other, item]].map((keys) => underStockLock(container, keys, work)),
        container.resolve(Modules.LOCKING).execute(item, work, { timeout: 20 }),
      ])
      expect(most).toBe(1)
      await expect(underStockLock(container, [item], () => Promise.reject(new Error("broken")))).rejects.toThrow("broken")
    })
  })

  describe("webhook.concurrency", () => {
    it("is how many events a process posts at once, whoever starts a delivery", async () => {
      let now = 0
      let most = 0
      bench.standIn.answer = async () => {
        most = Math.max(most, (now += 1))
        await new Promise((resolve) => setTimeout(resolve, 300))
        now -= 1
        return { body: { success: true } }
      }
      const orders = await Promise.all([1, 2, 3].map((number) => bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }], shopper(number))))
      await Promise.all([1, 2, 3].map(() => deliverEventsWorkflow(bench.container).run()))
      await waitFor("all are delivered", async () => {
        const events = await listEvents(bench.odoo, { status: "delivered", name: "order.created" })
        return events.length === orders.length
      })
      expect(most).toBe(1)
    })
  })
})

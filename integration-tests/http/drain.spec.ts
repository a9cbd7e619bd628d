import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { setTimeout as pause } from "timers/promises"

import { drainEvents } from "../../src/workflows/deliver/drain"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

/** How many events are posted at once. */
const CONCURRENCY = 4

shopSuite({ empty: true, env: { ODOO_WEBHOOK_CONCURRENCY: String(CONCURRENCY), ODOO_WEBHOOK_SECRET: "a-secret-of-the-drain" } }, (bench) => {
  const query = async <T>(statement: string, bindings: Record<string, string> = {}) =>
    (await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw<{ rows: T[] }>(statement, bindings)).rows

  /** Writes events that are due, of so many records, as many of each. */
  const write = (records: number, each = 1) =>
    query(
      `INSERT INTO odoo_event (id, record_kind, record_id, name, body, status, next_attempt_at)
       SELECT 'oevt_' || record || '_' || n, 'order', 'order_' || record, 'order.status_updated',
         json_build_object('event', 'order.status_updated', 'data', json_build_object('order_id', 'order_' || record, 'n', n)), 'pending', now()
       FROM generate_series(1, CAST(:each AS int)) AS n, generate_series(1, CAST(:records AS int)) AS record ORDER BY n, record`,
      { records: String(records), each: String(each) }
    )
  const count = async (condition: string) =>
    Number((await query<{ count: string }>(`SELECT count(*) FROM odoo_event WHERE ${condition}`))[0]!.count)
  const told = () => bench.standIn.deliveries.map(({ headers }) => String(headers["webhook-id"]))
  const TAKEN = { body: { success: true } }

  describe("many events that wait", () => {
    it("arrive once each, those of a record one after the other", async () => {
      let [atOnce, most] = [0, 0]
      const underWay = new Set<string>()
      bench.standIn.answer = async ({ body }) => {
        const record = String(body.data.order_id)
        expect(underWay).not.toContain(record)
        underWay.add(record)
        most = Math.max(most, ++atOnce)
        await new Promise((resolve) => setImmediate(resolve))
        atOnce -= 1
        underWay.delete(record)
        return TAKEN
      }
      await write(60, 5)
      await drainEvents(bench.container)
      await waitFor("all are delivered", async () => (await count("status = 'delivered'")) === 300)
      expect(new Set(told()).size).toBe(300)
      expect(told()).toHaveLength(300)
      const ofOne = bench.standIn.deliveries.filter(({ body }) => body.data.order_id === "order_7").map(({ body }) => body.data.n)
      expect(ofOne).toEqual([1, 2, 3, 4, 5])
      expect(most).toBeLessThanOrEqual(CONCURRENCY)
      expect(await query("SELECT event_id FROM odoo_attempt")).toHaveLength(300)
    })

    it("stop soon when delivery is paused, and none stays claimed", async () => {
      bench.standIn.answer = async (_, index) => {
        if (index === 100) {
          await bench.odoo.pauseDelivery(null)
        }
        return TAKEN
      }
      await write(400)
      await drainEvents(bench.container)
      await waitFor("nothing is under way", async () => (await count("leased_until IS NOT NULL")) === 0)
      // what was on its way, and what was begun before the first outcome after that was written
      expect(told().length).toBeLessThan(101 + CONCURRENCY * 5)
      expect(await count("status = 'pending'")).toBe(400 - told().length)
      await bench.odoo.resumeDelivery()
      await drainEvents(bench.container)
      await waitFor("all are delivered", async () => (await count("status = 'delivered'")) === 400)
      expect(new Set(told()).size).toBe(told().length)
    })

    it("are left to other instances when Odoo becomes slow: those that wait for their turn are given back", async () => {
      let go: () => void = () => undefined
      const held = new Promise<void>((resolve) => (go = resolve))
      bench.standIn.answer = async (_, index) => {
        if (index >= 200) {
          await held
        }
        return TAKEN
      }
      await write(400)
      const draining = drainEvents(bench.container)
      await waitFor("as many are held as may be posted at once", () => told().length === 200 + CONCURRENCY)
      await waitFor("no others are claimed", async () => (await count("leased_until > now()")) === CONCURRENCY)
      go()
      await draining
      await waitFor("all are delivered", async () => (await count("status = 'delivered'")) === 400)
      expect(new Set(told()).size).toBe(400)
      expect(told()).toHaveLength(400)
    })

    it("are not begun before earlier ones are written down, where Odoo takes its time: those would be sent again after a crash", async () => {
      let answered = 0
      bench.standIn.answer = async () => {
        await pause(100)
        answered += 1
        return TAKEN
      }
      await write(40)
      const database = bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      const draining = await database.transaction(async (transaction) => {
        await transaction.raw("LOCK TABLE odoo_attempt IN EXCLUSIVE MODE")
        const begun = drainEvents(bench.container)
        await waitFor("the first are answered, and their outcomes wait to be written", async () => {
          const waiting = await query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
          return answered === CONCURRENCY && waiting.length > 0
        })
        await pause(300)
        expect(told()).toHaveLength(CONCURRENCY)
        return { begun }
      })
      await draining.begun
      await waitFor("all are delivered", async () => (await count("status = 'delivered'")) === 40)
      expect(told()).toHaveLength(40)
    })

    it("are not held up by one whose outcome can not be written", async () => {
      await query("ALTER TABLE odoo_attempt ADD CONSTRAINT not_this_one CHECK (event_id <> 'oevt_30_1')")
      bench.standIn.answer = () => TAKEN
      await write(100)
      await drainEvents(bench.container)
      await waitFor("the others are delivered", async () => (await count("status = 'delivered'")) === 99)
      expect(await query("SELECT id FROM odoo_event WHERE leased_until > now()")).toEqual([{ id: "oevt_30_1" }])
      expect(told()).toHaveLength(100)
      await query("ALTER TABLE odoo_attempt DROP CONSTRAINT not_this_one")
      await query("UPDATE odoo_event SET leased_until = now() WHERE status = 'pending'")
      await drainEvents(bench.container)
      await waitFor("all are delivered", async () => (await count("status = 'delivered'")) === 100)
    })
  })
})

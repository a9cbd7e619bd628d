import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { setTimeout as pause } from "timers/promises"

import { FRESH_MS } from "../../src/outbox/claim-buffer"
import { dispatchDue } from "../../src/outbox/dispatcher"
import { manyEvents } from "../support/events"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

/** How many events are posted at once. */
const CONCURRENCY = 4

shopSuite({ empty: true, env: { ODOO_WEBHOOK_CONCURRENCY: String(CONCURRENCY), ODOO_WEBHOOK_SECRET: "a-secret-of-the-drain", ODOO_WEBHOOK_TIMEOUT_MS: "120000" } }, (bench) => {
  const query = async <T>(statement: string, bindings: Record<string, string> = {}) =>
    (await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw<{ rows: T[] }>(statement, bindings)).rows

  /** Writes events that are due, of so many records, as many of each. */
  const write = (records: number, each = 1, name = "order.status_updated") =>
    query(
      manyEvents({
        records: ":records",
        each: ":each",
        name,
        body: `json_build_object('event', '${name}', 'data', json_build_object('order_id', 'order_' || record, 'n', n))`,
      }),
      { records: String(records), each: String(each) }
    )
  const count = async (condition: string) =>
    Number((await query<{ count: string }>(`SELECT count(*) FROM odoo_delivery WHERE ${condition}`))[0]!.count)
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
      await dispatchDue(bench.container)
      await waitFor("all are delivered", async () => (await count("status = 'delivered'")) === 300)
      expect(new Set(told()).size).toBe(300)
      expect(told()).toHaveLength(300)
      const ofOne = bench.standIn.deliveries.filter(({ body }) => body.data.order_id === "order_7").map(({ body }) => body.data.n)
      expect(ofOne).toEqual([1, 2, 3, 4, 5])
      expect(most).toBeLessThanOrEqual(CONCURRENCY)
      expect(await query("SELECT delivery_id FROM odoo_attempt")).toHaveLength(300)
    })

    it("stop soon when delivery is paused, and none stays claimed", async () => {
      bench.standIn.answer = async (_, index) => {
        if (index === 100) {
          await bench.odoo.outbox.pause(null)
        }
        return TAKEN
      }
      await write(400)
      await dispatchDue(bench.container)
      await waitFor("nothing is under way", async () => (await count("leased_until IS NOT NULL")) === 0)
      // what was on its way, and what was begun before the first outcome after that was written
      expect(told().length).toBeLessThan(101 + CONCURRENCY * 8)
      expect(await count("status = 'pending'")).toBe(400 - told().length)
      await bench.odoo.outbox.resume()
      await dispatchDue(bench.container)
      await waitFor("all are delivered", async () => (await count("status = 'delivered'")) === 400)
      expect(new Set(told()).size).toBe(told().length)
    })

    /** Has Odoo answer so many deliveries at once, and the others not before the function is called that this gives. */
    const holdAfter = (answered: number) => {
      let go: () => void = () => undefined
      const held = new Promise<void>((resolve) => (go = resolve))
      bench.standIn.answer = async (_, index) => {
        if (index >= answered) {
          await held
        }
        return TAKEN
      }
      return () => {
        go()
      }
    }

    it("are left to other instances when Odoo becomes slow: those that wait for their turn are given back", async () => {
      const go = holdAfter(200)
      await write(400)
      const draining = dispatchDue(bench.container)
      await waitFor("as many are held as may be posted at once", () => told().length === 200 + CONCURRENCY)
      await waitFor("no others are claimed", async () => (await count("leased_until > now()")) === CONCURRENCY)
      go()
      await draining
      await waitFor("all are delivered", async () => (await count("status = 'delivered'")) === 400)
      expect(new Set(told()).size).toBe(400)
      expect(told()).toHaveLength(400)
    })

    it("are not sent as created once Odoo has acknowledged them, though they were claimed and waited for their turn", async () => {
      const go = holdAfter(200)
      await write(400, 1, "order.created")
      // drafts, of which nobody is told
      await query(`INSERT INTO "order" (id, currency_code, is_draft_order) SELECT 'order_' || record, 'kwd', true FROM generate_series(1, 400) AS record`)
      const draining = dispatchDue(bench.container)
      await waitFor("as many are held as may be posted at once", () => told().length === 200 + CONCURRENCY)
      const isTold = new Set(told())
      const claimed = await query<{ event_id: string; record_id: string }>("SELECT event_id, record_id FROM odoo_delivery WHERE status = 'pending' AND leased_until > now()")
      const waiting = claimed.filter(({ event_id: id }) => !isTold.has(id)).map(({ record_id: id }) => id)
      const [linked, named] = [waiting.slice(0, 4), waiting.slice(4, 8)]
      expect([linked.length, named.length]).toEqual([4, 4])
      for (const recordId of linked) {
        await bench.odoo.links.link({ kind: "order", recordId, odooId: recordId.slice(6), odooName: null, syncedAt: null, force: false })
      }
      await query(`UPDATE "order" SET metadata = json_build_object('odoo_order_id', substr(id, 7)) WHERE id = ANY(string_to_array(:ids, ' '))`, { ids: named.join(" ") })
      await pause(FRESH_MS)
      go()
      await draining
      await waitFor("all are delivered", async () => (await count("status = 'delivered'")) === 400)
      const sent = new Set(bench.standIn.deliveries.map(({ body }) => body.data.order_id))
      expect([...linked, ...named].filter((id) => sent.has(id))).toEqual([])
      expect([sent.size, told().length]).toEqual([392, 392])
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
        const begun = dispatchDue(bench.container)
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

    it("follow a setting of the destination that changes meanwhile", async () => {
      let go: () => void = () => undefined
      const held = new Promise<void>((resolve) => (go = resolve))
      bench.standIn.answer = async (_, index) => {
        await held
        return index < CONCURRENCY ? TAKEN : { status: 500 }
      }
      bench.errors.expect(/has failed at webhook and waits for a person/)
      await write(CONCURRENCY + 1)
      const draining = dispatchDue(bench.container)
      await waitFor("as many are held as may be posted at once", () => told().length === CONCURRENCY)
      await query("UPDATE odoo_destination SET retry_schedule_ms = '[]' WHERE id = 'webhook'")
      await dispatchDue(bench.container)
      go()
      await draining
      expect(await query("SELECT status, error_class FROM odoo_delivery WHERE status <> 'delivered'")).toEqual([{ status: "failed", error_class: "http" }])
    })

    it("are not held up by one whose outcome can not be written", async () => {
      bench.errors.expect("the outcome of event oevt_30_1 could not be written: database error 23514")
      await query("ALTER TABLE odoo_attempt ADD CONSTRAINT not_this_one CHECK (delivery_id <> 'odlv_30_1_webhook')")
      bench.standIn.answer = () => TAKEN
      await write(100)
      await dispatchDue(bench.container)
      await waitFor("the others are delivered", async () => (await count("status = 'delivered'")) === 99)
      expect(await query("SELECT event_id FROM odoo_delivery WHERE leased_until > now()")).toEqual([{ event_id: "oevt_30_1" }])
      expect(told()).toHaveLength(100)
      await query("ALTER TABLE odoo_attempt DROP CONSTRAINT not_this_one")
      await query("UPDATE odoo_delivery SET leased_until = now() WHERE status = 'pending'")
      await dispatchDue(bench.container)
      await waitFor("all are delivered", async () => (await count("status = 'delivered'")) === 100)
    })
  })
})

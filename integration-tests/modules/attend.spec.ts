import { Client } from "@medusajs/framework/pg"
import { moduleIntegrationTestRunner } from "@medusajs/test-utils"

import { ODOO_MODULE } from "../../src/modules/odoo"
import { OdooAttempt, OdooDelivery, OdooDestination, OdooEvent, OdooLink, OdooReceipt, OdooRefusal, OdooSnapshot } from "../../src/modules/odoo/models"
import type OdooModuleService from "../../src/modules/odoo/service"
import type { Attempt, ClaimedDelivery, DeliveryFilters, DeliveryRow, Outcome } from "../../src/modules/odoo/types"
import { createEvent, listEvents, retrieveEvent, updateEvent, type ToldEvent } from "../support/events"
import { observedOrder } from "../support/observed"
import { waitFor } from "../support/wait"

const ATTEMPT: Attempt = { started_at: new Date(), duration_ms: 5, http_status: 200, reply: null }

const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

moduleIntegrationTestRunner<OdooModuleService>({
  moduleName: ODOO_MODULE,
  resolve: "./src/modules/odoo",
  moduleModels: [OdooAttempt, OdooDelivery, OdooDestination, OdooEvent, OdooLink, OdooReceipt, OdooRefusal, OdooSnapshot],
  testSuite: ({ service, dbConfig }) => {
    beforeEach(() => service.outbox.keepDestinations())

    const claim = (limit: number) => service.outbox.claim({ id: "webhook", timeout_ms: 10_000 }, limit)
    const capture = async (recordId: string) => {
      await service.snapshots.capture(observedOrder(recordId, { name: "order.created", body: "{}" }))
      const [event] = await listEvents(service, { record_id: recordId })
      return event!.id
    }
    /** An event as it could stand after some days. */
    const event = async (status: DeliveryRow["status"], members: Partial<ToldEvent> = {}) => {
      const { id } = await createEvent(service, {
        record_kind: "order", record_id: `order_${Math.random().toString(36)}`, name: "order.status_updated", body: "{}",
        next_attempt_at: ago(-1), attempts: 4, status, ...members,
      })
      return id
    }
    const link = (recordId: string) => service.createOdooLinks({ record_kind: "order", record_id: recordId, odoo_id: "7", synced_at: new Date() })
    const replay = async (filters: DeliveryFilters) =>
      Object.fromEntries((await service.outbox.replay(filters)).map(({ outcome, count }) => [outcome, count]))
    /** Settles one attempt; gives what has become of its event. */
    const settle = async (delivery: ClaimedDelivery, attempt: Attempt, outcome: Outcome) =>
      (await service.outbox.write("webhook", [{ delivery, attempt, outcome, isOutage: false, retryAfterMs: null }])).deliveries[0]?.now
    const stored = (id: string) => retrieveEvent(service, id)
    /** Does something that meets a row which another transaction has changed, and not committed yet. */
    const meeting = async <T>(change: string, work: () => Promise<T>): Promise<T> => {
      const client = new Client({ connectionString: dbConfig.clientUrl })
      await client.connect()
      try {
        await client.query("BEGIN")
        await client.query(change)
        const working = work()
        await waitFor("it waits for the other transaction", async () => {
          const { rowCount } = await client.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
          return rowCount === 1
        })
        await client.query("COMMIT")
        return await working
      } finally {
        await client.end()
      }
    }
    const dismiss = async (id: string, reason: string) => service.outbox.dismiss(await retrieveEvent(service, id), reason)
    const summary = async () => ({ ...(await service.outbox.summarise())[0], refusals: await service.refusals.countOpen() })
    const leased = { leased_until: ago(-1) }

    describe("a replay", () => {
      it("does not tell an older change behind a newer one", async () => {
        const recordId = "order_superseded"
        const given = { dismissal: "a mistake", dismissed_at: new Date() }
        const created = await event("dismissed", { record_id: recordId, name: "order.created", ...given })
        const older = await event("dismissed", { record_id: recordId, ...given })
        await event("delivered", { record_id: recordId, delivered_at: new Date() })
        expect(await replay({ ids: [created, older] })).toEqual({ replayed: 1, superseded: 1 })
        expect(await stored(older)).toMatchObject({ status: "dismissed" })
      })

      it("does not tell an older change beside a newer one that is being sent", async () => {
        const older = await event("dismissed", { record_id: "order_1", dismissal: "a mistake", dismissed_at: new Date() })
        await event("waiting", { record_id: "order_1", ...leased })
        expect(await replay({ ids: [older] })).toEqual({ superseded: 1 })
      })

      it("makes what has failed, waits or was dismissed due now, with the schedule starting anew", async () => {
        const ids = await Promise.all([event("failed"), event("waiting"), event("dismissed", { dismissal: "a mistake", dismissed_at: new Date() })])
        expect(await replay({ ids })).toEqual({ replayed: 3 })
        for (const id of ids) {
          expect(await stored(id)).toMatchObject({ status: "pending", attempts: 4, attempts_before_replay: 4, dismissal: null, dismissed_at: null })
        }
        const claimed = await claim(10)
        expect(claimed.map(({ event_id: id }) => id).sort()).toEqual([...ids].sort())
        expect(claimed[0]).toMatchObject({ attempts: 4, attempts_before_replay: 4 })
        await settle(claimed[0]!, ATTEMPT, { status: "delivered", link: null })
        expect(await service.listOdooAttempts({})).toMatchObject([{ number: 5 }])
      })

      it("leaves alone what was delivered, is being sent or is due already, and counts it", async () => {
        const left = await Promise.all([event("delivered"), event("pending"), event("waiting", leased), event("pending", leased), event("failed", leased)])
        const before = await listEvents(service, { id: left })
        expect(await replay({ ids: left })).toEqual({ delivered: 1, pending: 1, in_flight: 3 })
        expect(await listEvents(service, { id: left })).toEqual(before)
      })

      it("takes events whose lease has run out", async () => {
        const id = await event("waiting", { leased_until: ago(1) })
        expect(await replay({ ids: [id] })).toEqual({ replayed: 1 })
      })

      it("brings dismissed events back only where they are asked for", async () => {
        const failed = await event("failed")
        const dismissed = await event("dismissed")
        expect(await replay({ since: ago(1) })).toEqual({ replayed: 1, dismissed: 1 })
        expect((await stored(failed)).status).toBe("pending")
        expect((await stored(dismissed)).status).toBe("dismissed")
        expect(await replay({ status: ["dismissed"] })).toEqual({ replayed: 1 })
      })

      it("does not tell that a record was created which Odoo has by now, but tells the rest", async () => {
        await link("order_1")
        const created = await event("failed", { record_id: "order_1", name: "order.created" })
        const updated = await event("failed", { record_id: "order_1" })
        expect(await replay({ status: ["failed"] })).toEqual({ acknowledged: 1, replayed: 1 })
        expect(await stored(created)).toMatchObject({ status: "delivered", delivered_at: expect.any(Date) })
        expect((await claim(10)).map(({ event_id: id }) => id)).toEqual([updated])
      })

      it("does nothing twice when two come at once", async () => {
        const ids = await Promise.all(Array.from({ length: 40 }, () => event("failed")))
        const counts = await Promise.all(Array.from({ length: 4 }, () => replay({ ids })))
        expect(counts.reduce((all, { replayed = 0 }) => all + replayed, 0)).toBe(40)
        const claims = await Promise.all(Array.from({ length: 4 }, () => claim(40)))
        expect(claims.flat()).toHaveLength(40)
        expect(await replay({ ids })).toEqual({ in_flight: 40 })
      })

      it("looks again at what it had to wait for: another replay, or an attempt that begins", async () => {
        const [failed, waiting] = await Promise.all([event("failed"), event("waiting")])
        expect(await meeting("UPDATE odoo_delivery SET status = 'pending' WHERE status = 'failed'", () => replay({ ids: [failed] }))).toEqual({ pending: 1 })
        expect((await stored(failed)).attempts_before_replay).toBe(0)
        const begin = "UPDATE odoo_delivery SET leased_until = now() + interval '1 hour' WHERE status = 'waiting'"
        expect(await meeting(begin, () => replay({ ids: [waiting] }))).toEqual({ pending: 1 })
        expect((await stored(waiting)).status).toBe("waiting")
      })

      it("does not find a dismissed event any more once Odoo has said that it has the record", async () => {
        const id = await event("dismissed", { record_id: "order_1", name: "order.created" })
        await service.links.link({ kind: "order", recordId: "order_1", odooId: "7", odooName: null, syncedAt: null, force: false })
        expect(await replay({ ids: [id] })).toEqual({ delivered: 1 })
      })

      it("can not bring back what Odoo acknowledges at the same moment", async () => {
        const records = Array.from({ length: 30 }, (_, index) => `order_${String(index)}`)
        await Promise.all(records.map((record_id, index) => event(index % 2 === 0 ? "dismissed" : "failed", { record_id, name: "order.created" })))
        const acknowledge = (recordId: string) =>
          service.links.link({ kind: "order", recordId, odooId: "7", odooName: null, syncedAt: null, force: false })
        await Promise.all([...records.map(acknowledge), ...records.map((recordId) => replay({ recordId, status: ["failed", "dismissed"] }))])
        expect(await claim(100)).toEqual([])
        expect(await listEvents(service, { status: "delivered" }, { take: 100 })).toHaveLength(30)
      })

      it.each<[string, DeliveryFilters]>([
        ["its status", { status: ["failed"] }],
        ["its record", { recordId: "order_1" }],
        ["its kind of record", { recordKind: "customer" }],
        ["its name", { name: "customer.updated" }],
        ["the class of its failure", { errorClass: ["timeout"] }],
        ["when it was written", { since: ago(10), until: ago(8) }],
      ])("finds an event by %s", async (_, filters) => {
        await event("waiting", { error_class: "refused" })
        const id = await event("failed", {
          record_id: "order_1", record_kind: "customer", name: "customer.updated", error_class: "timeout", created_at: ago(9),
        })
        expect(await replay(filters)).toEqual({ replayed: 1 })
        expect((await stored(id)).status).toBe("pending")
      })
    })

    describe("what waits behind another event", () => {
      it("is told from what has failed or waits by itself", async () => {
        const head = await event("failed", { record_id: "order_1" })
        await event("pending", { record_id: "order_1" })
        await event("waiting", { record_id: "order_1" })
        await event("pending")
        await event("waiting", { ...leased, created_at: ago(2) })
        await event("dismissed")
        await event("delivered")
        expect(await summary()).toMatchObject({ pending: 1, behind: 2, waiting: 1, failed: 1, in_flight: 1, refusals: 0, paused_at: null })
        const { oldest_waiting_seconds: age = 0, oldest_waiting_at: oldest } = await summary()
        expect(Math.abs(age - 2 * 86_400)).toBeLessThan(60)
        expect(Math.abs(oldest!.getTime() - ago(2).getTime())).toBeLessThan(60_000)
        expect(await service.outbox.countClosed()).toEqual([{ destination: "webhook", delivered: 1, dismissed: 1 }])
        expect(await replay({ status: ["behind"] })).toEqual({ pending: 1, replayed: 1 })
        await dismiss(head, "no more")
        expect(await summary()).toMatchObject({ pending: 2, behind: 1, failed: 0 })
      })
    })

    describe("a dismissal", () => {
      it("gives up what was not delivered, so that the later events of its record go on", async () => {
        const head = await event("failed", { record_id: "order_1" })
        const next = await event("pending", { record_id: "order_1", next_attempt_at: ago(1) })
        expect(await claim(10)).toEqual([])
        expect(await dismiss(head, "entered by hand")).toBe(true)
        expect(await stored(head)).toMatchObject({ status: "dismissed", dismissal: "entered by hand", dismissed_at: expect.any(Date) })
        expect((await claim(10)).map(({ event_id: id }) => id)).toEqual([next])
      })

      it("is not done to what was delivered, was dismissed, or is being sent", async () => {
        for (const id of await Promise.all([event("delivered"), event("dismissed"), event("pending", leased)])) {
          expect(await dismiss(id, "why not")).toBe(false)
        }
      })

      it("stands against a probe of an outage that begins at the same moment", async () => {
        const id = await capture("order_1")
        await service.updateOdooDestinations({ id: "webhook", failing_since: ago(1), down_since: ago(1), probe_at: ago(1) })
        const dismissal = "UPDATE odoo_destination SET failures = 6; UPDATE odoo_delivery SET status = 'dismissed'"
        expect(await meeting(dismissal, () => claim(1))).toEqual([])
        expect((await stored(id)).status).toBe("dismissed")
      })

      it("stands against whoever held a lease that ran out", async () => {
        await capture("order_1")
        const [claimed] = await claim(1)
        await updateEvent(service, { id: claimed!.event_id, leased_until: ago(1) })
        expect(await dismiss(claimed!.event_id, "too slow")).toBe(true)
        expect(await settle(claimed!, ATTEMPT, { status: "delivered", link: null })).toEqual({ status: null })
        expect((await stored(claimed!.event_id)).status).toBe("dismissed")
      })
    })

    describe("a pause", () => {
      it("holds everything back until it is resumed, and keeps its time and reason", async () => {
        await capture("order_1")
        await service.outbox.pause("Odoo is being upgraded")
        expect(await claim(10)).toEqual([])
        const first = await summary()
        expect(first).toMatchObject({ paused_at: expect.any(Date), pause_reason: "Odoo is being upgraded" })
        await service.outbox.pause(null)
        expect(await summary()).toMatchObject({ paused_at: first.paused_at, pause_reason: "Odoo is being upgraded" })
        await service.outbox.resume()
        await service.outbox.resume()
        expect(await summary()).toMatchObject({ paused_at: null, pause_reason: null })
        expect(await claim(10)).toHaveLength(1)
      })
    })

    describe("a refusal", () => {
      const said = { kind: "order" as const, recordId: "order_1", said: "order.cancelled" }
      const refuse = (message: string) => service.refusals.note({ ...said, code: "CONFLICT", message, details: { effects: ["shipped"] } })

      it("is one row, however often the same is said, until it is settled", async () => {
        await Promise.all(Array.from({ length: 5 }, () => refuse("It was shipped.")))
        await refuse("It was delivered.")
        const [row, ...others] = await service.listOdooRefusals({})
        expect([row, others]).toMatchObject([{ times: 6, message: "It was delivered.", details: { effects: ["shipped"] }, settled_at: null }, []])
        expect(await summary()).toMatchObject({ refusals: 1 })
        await service.refusals.settle({ ...said, said: "order.paid" })
        expect(await summary()).toMatchObject({ refusals: 1 })
        await service.refusals.settle(said)
        expect(await summary()).toMatchObject({ refusals: 0 })
        await refuse("Again.")
        const again = (await service.listOdooRefusals({})).find(({ times }) => times === 1)!
        expect(await service.refusals.dismiss(again.id, "known")).toBe(true)
        expect(await service.refusals.dismiss(again.id, "known")).toBe(false)
      })
    })

    describe("pruning", () => {
      it("removes what was closed long ago, with its attempts, and nothing that is open", async () => {
        const old = ago(31)
        const gone = await Promise.all([event("delivered", { delivered_at: old }), event("dismissed", { dismissed_at: old })])
        const kept = await Promise.all([
          event("delivered", { delivered_at: ago(29), created_at: old }),
          event("dismissed", { dismissed_at: ago(29), created_at: old }),
          event("failed", { created_at: old }), event("pending", { created_at: old }), event("waiting", { created_at: old }),
        ])
        for (const { delivery_id } of await listEvents(service, { id: [...gone, ...kept] })) {
          await service.createOdooAttempts({ delivery_id, number: 1, started_at: old, duration_ms: 5 })
        }
        const refusal = { record_kind: "order" as const, record_id: "order_1", code: "CONFLICT", message: "no", refused_at: old }
        await service.createOdooRefusals([{ ...refusal, said: "a", settled_at: old }, { ...refusal, said: "b" }])
        await service.prune()
        expect((await listEvents(service)).map(({ id }) => id).sort()).toEqual([...kept].sort())
        expect((await service.listOdooEvents({})).map(({ id }) => id).sort()).toEqual([...kept].sort())
        const left = await listEvents(service, { id: kept })
        expect((await service.listOdooAttempts({})).map(({ delivery_id }) => delivery_id).sort()).toEqual(left.map(({ delivery_id }) => delivery_id).sort())
        expect((await service.listOdooRefusals({})).map(({ said }) => said)).toEqual(["b"])
      })

      it("removes more than fit into one statement", async () => {
        const closed = { record_kind: "order", name: "order.created" }
        await service.createOdooEvents(
          Array.from({ length: 1_500 }, (_, index) => ({ ...closed, id: `oevt_${String(index)}`, record_id: String(index), body: "{}" }))
        )
        await service.createOdooDeliveries(
          Array.from({ length: 1_500 }, (_, index) => ({
            ...closed, event_id: `oevt_${String(index)}`, destination_id: "webhook", sequence: index, record_id: String(index),
            status: "delivered" as const, next_attempt_at: ago(40), delivered_at: ago(40),
          }))
        )
        await service.prune()
        expect(await service.outbox.countClosed()).toEqual([])
        expect(await service.listOdooEvents({})).toEqual([])
      })

      it("does not make an order be told again", async () => {
        const id = await capture("order_1")
        const [claimed] = await claim(1)
        await settle(claimed!, ATTEMPT, { status: "delivered", link: null })
        await updateEvent(service, { id, delivered_at: ago(40) })
        await service.prune()
        expect(await listEvents(service)).toEqual([])
        expect(await service.snapshots.capture(observedOrder("order_1", { name: "order.created", body: "{}" }))).toMatchObject({ isWritten: false })
        expect(await claim(10)).toEqual([])
      })
    })
  },
})

import { moduleIntegrationTestRunner } from "@medusajs/test-utils"

import { ODOO_MODULE } from "../../src/modules/odoo"
import { OdooApiKey, OdooAttempt, OdooDelivery, OdooDestination, OdooEvent, OdooLink, OdooRefusal, OdooSnapshot } from "../../src/modules/odoo/models"
import type OdooModuleService from "../../src/modules/odoo/service"
import type { Attempt, ClaimedDelivery, Outcome } from "../../src/modules/odoo/types"
import { createEvent, listEvents, retrieveEvent, updateEvent } from "../support/events"
import { observedOrder } from "../support/observed"
import { leastStatements } from "../support/statements"

const ATTEMPT: Attempt = { started_at: new Date(), duration_ms: 5, http_status: 200, reply: null }
const DELIVERED: Outcome = { status: "delivered", link: null }
const refused = (status: "waiting" | "failed"): Outcome => {
  const failure = { class: "refused" as const, message: "no", reason: null }
  return status === "waiting" ? { status, retryInMs: 60_000, failure } : { status, failure }
}

moduleIntegrationTestRunner<OdooModuleService>({
  moduleName: ODOO_MODULE,
  resolve: "./src/modules/odoo",
  moduleModels: [OdooApiKey, OdooAttempt, OdooDelivery, OdooDestination, OdooEvent, OdooLink, OdooRefusal, OdooSnapshot],
  testSuite: ({ service }) => {
    beforeEach(() => service.outbox.keepDestinations())

    const captured = async (...given: Parameters<typeof service.snapshots.capture>) => (await service.snapshots.capture(...given)).isWritten
    const capture = (id: string) => captured(observedOrder(id, { name: "order.created", body: `{"id":"${id}"}` }))
    const claim = (limit: number) => service.outbox.claim({ id: "webhook", timeout_ms: 10_000 }, limit)
    /** A second event of a record; capturing by difference writes these. */
    const follow = (id: string) =>
      createEvent(service, {
        record_kind: "order", record_id: id, name: "order.status_updated", body: "{}", next_attempt_at: new Date(Date.now() - 1_000),
      })
    /** Settles one attempt; gives what has become of its event. */
    const settle = async (delivery: ClaimedDelivery, attempt: Attempt, outcome: Outcome) =>
      (await service.outbox.write("webhook", [{ delivery, attempt, outcome, isOutage: false, retryAfterMs: null }])).deliveries[0]?.now
    const names = (deliveries: ClaimedDelivery[]) => deliveries.map((delivery) => `${delivery.record_id} ${delivery.name}`).sort()
    /** Turns the clock of an event by turning its times back. */
    const turnBack = (id: string, column: "leased_until" | "next_attempt_at") =>
      updateEvent(service, { id, [column]: new Date(Date.now() - 1_000) })

    describe("an event", () => {
      it("is written once for a record, however many hints come at the same time", async () => {
        const written = await Promise.all(Array.from({ length: 10 }, () => capture("order_1")))
        expect(written.filter((isWritten) => isWritten)).toHaveLength(1)
        expect(await listEvents(service)).toHaveLength(1)
      })

      it("is written once for a change, and who has compared with an older state has to compare anew", async () => {
        await capture("order_1")
        const known = (await service.snapshots.of("order", ["order_1"])).get("order_1")
        const update = (status: string) =>
          captured(observedOrder("order_1", { name: "order.status_updated", body: "{}" }, { version: known!.version, status }))
        const written = await Promise.all(["completed", "canceled", "archived"].map(update))
        expect(written.filter((isWritten) => isWritten)).toHaveLength(1)
        expect(await listEvents(service, { name: "order.status_updated" })).toHaveLength(1)
        expect((await service.snapshots.of("order", ["order_1"])).get("order_1")).toMatchObject({ version: known!.version + 1 })
        expect(await update("pending")).toBe(false)
      })

      it("is compared anew when it was changed while nothing was found to have changed", async () => {
        await capture("order_1")
        const { version } = (await service.snapshots.of("order", ["order_1"])).get("order_1")!
        await captured(observedOrder("order_1", { name: "order.status_updated", body: "{}" }, { version, status: "completed" }))
        expect(await service.snapshots.noteCompared("order", [{ id: "order_1", version, sourceVersion: "newer" }])).toEqual([])
        expect(await service.snapshots.noteCompared("order", [{ id: "order_1", version: version + 1, sourceVersion: "newer" }])).toEqual(["order_1"])
        expect((await service.snapshots.of("order", ["order_1"])).get("order_1")).toMatchObject({ source_version: "newer", is_announced: true })
      })

      it("that a record was created is written in three statements and a transaction, by which the record is announced", async () => {
        let count = 0
        expect(await leastStatements(() => capture(`order_${String((count += 1))}`))).toBe(3 + 2)
        expect((await service.snapshots.of("order", ["order_1"])).get("order_1")).toMatchObject({ is_announced: true, announced_to: ["webhook"] })
        await captured(observedOrder("order_9", { name: "order.status_updated", body: "{}" }))
        expect((await service.snapshots.of("order", ["order_9"])).get("order_9")).toMatchObject({ is_announced: false, announced_to: [] })
      })

      it("is claimed by one of many who claim at the same time", async () => {
        await Promise.all(Array.from({ length: 20 }, (_, index) => capture(`order_${String(index)}`)))
        const claims = await Promise.all(Array.from({ length: 8 }, () => claim(5)))
        const ids = claims.flat().map((event) => event.id)
        expect(ids).toHaveLength(20)
        expect(new Set(ids).size).toBe(20)
        expect(await claim(5)).toEqual([])
      })

      it("can be claimed again when its lease has run out, and the one who was overtaken writes nothing", async () => {
        await capture("order_1")
        const [first] = await claim(1)
        expect(await claim(1)).toEqual([])
        await turnBack(first!.event_id, "leased_until")
        const [second] = await claim(1)
        expect(second!.id).toBe(first!.id)
        expect(await settle(first!, ATTEMPT, refused("failed"))).toEqual({ status: null })
        expect(await settle(second!, ATTEMPT, DELIVERED)).toEqual({ status: "delivered" })
        const event = await retrieveEvent(service, first!.event_id)
        expect(event).toMatchObject({ status: "delivered", attempts: 1, lease_id: null, leased_until: null, error_class: null })
        expect(await service.listOdooAttempts({})).toHaveLength(1)
      })

      it("waits behind an earlier one of its record, and holds up no other record", async () => {
        await capture("order_1")
        await follow("order_1")
        await capture("order_2")
        const claimed = await claim(10)
        expect(names(claimed)).toEqual(["order_1 order.created", "order_2 order.created"])
        const head = claimed.find((event) => event.record_id === "order_1")!
        await settle(head, ATTEMPT, refused("waiting"))
        expect(await claim(10)).toEqual([])
        await turnBack(head.event_id, "next_attempt_at")
        const [again] = await claim(10)
        expect([again!.id, again!.attempts, again!.body]).toEqual([head.id, 1, head.body])
        await settle(again!, ATTEMPT, refused("failed"))
        expect(await claim(10)).toEqual([])
        await service.outbox.dismiss(await retrieveEvent(service, head.event_id), "no more")
        expect(names(await claim(10))).toEqual(["order_1 order.status_updated"])
      })

      it("brings its link with it, in the same transaction, and never replaces another link", async () => {
        await capture("order_1")
        const [event] = await claim(1)
        await service.createOdooLinks({ record_kind: "order", record_id: "order_1", odoo_id: "7", synced_at: new Date() })
        const settled = await settle(event!, ATTEMPT, { status: "delivered", link: { odoo_id: "8", odoo_name: "S8" } })
        expect(settled).toEqual({ status: "delivered" })
        expect((await service.links.of("order", ["order_1"])).get("order_1")).toMatchObject({ odoo_id: "7", odoo_name: null })
      })
    })

    describe("events that are settled together", () => {
      const claimed = async (count: number) => {
        await Promise.all(Array.from({ length: count }, (_, index) => capture(`order_${String(index)}`)))
        return await claim(count)
      }
      const named = (odooId: string): Outcome => ({ status: "delivered", link: { odoo_id: odooId, odoo_name: null } })
      const settleAll = async (events: readonly ClaimedDelivery[], outcomeOf: (index: number) => Outcome) => {
        const attempted = events.map((delivery, index) => ({ delivery, attempt: ATTEMPT, outcome: outcomeOf(index), isOutage: false, retryAfterMs: null }))
        const { deliveries, destination } = await service.outbox.write("webhook", attempted)
        return { deliveries: deliveries.map(({ now }) => now), destination }
      }

      it("each come to their own end, in the order given, and only what was ours is written", async () => {
        const events = await claimed(5)
        await turnBack(events[1]!.event_id, "leased_until")
        await claim(1)
        await service.links.link({ kind: "order", recordId: events[3]!.record_id, odooId: "3", odooName: null, syncedAt: null, force: false })
        const outcomes = [refused("failed"), DELIVERED, named("2"), refused("waiting"), named("4")]
        const { deliveries, destination } = await settleAll(events, (index) => outcomes[index]!)
        expect(destination).toEqual({ isPaused: false, isDown: false, turn: null })
        expect(deliveries.map(({ status }) => status)).toEqual(["failed", null, "delivered", "delivered", "delivered"])
        expect(deliveries.map(({ link }) => link?.odoo_id)).toEqual([undefined, undefined, "2", undefined, "4"])
        const attempts = await service.listOdooAttempts({}, { order: { delivery_id: "ASC" } })
        expect(attempts.map(({ delivery_id: id }) => id)).toEqual(events.filter((_, index) => index !== 1).map(({ id }) => id).sort())
        expect(await retrieveEvent(service, events[3]!.event_id)).toMatchObject({ status: "delivered", attempts: 1, error_class: null })
        await service.outbox.pause(null)
        const [again] = await listEvents(service, { id: events[1]!.event_id })
        expect(await settleAll([{ ...events[1]!, lease_id: again!.lease_id! }], () => DELIVERED)).toEqual({
          deliveries: [{ status: "delivered" }],
          destination: { isPaused: true, isDown: false, turn: null },
        })
      })

      it("are all written, links too, or none is", async () => {
        const events = await claimed(3)
        const unwritable: Outcome = { status: "failed", failure: { class: "refused", message: "\u0000", reason: null } }
        await expect(settleAll(events, (index) => (index === 2 ? unwritable : named("7")))).rejects.toThrow()
        expect(await service.listOdooAttempts({})).toEqual([])
        expect(await service.listOdooLinks({})).toEqual([])
        expect((await settleAll(events, () => named("7"))).deliveries.map(({ status }) => status)).toEqual(Array(3).fill("delivered"))
      })

      it("do not wait for each other crosswise where two groups are about the same records", async () => {
        const late = await claimed(30)
        await Promise.all(late.map(({ event_id: id }) => turnBack(id, "leased_until")))
        const early = (await claim(30)).reverse()
        const groups = await Promise.all([early, late, early, late].map((group) => settleAll(group, (index) => named(String(index + 1)))))
        expect(groups.flatMap(({ deliveries }) => deliveries.filter(({ status }) => status === "delivered"))).toHaveLength(30)
        expect(await service.listOdooAttempts({}, { take: 100 })).toHaveLength(30)
      })

      it("are due again when they are given back, unless another has taken them", async () => {
        const events = await claimed(3)
        await turnBack(events[0]!.event_id, "leased_until")
        const [taken] = await claim(1)
        await service.outbox.release(events)
        expect((await claim(10)).map(({ id }) => id).sort()).toEqual([events[1]!.id, events[2]!.id].sort())
        expect(await settle(taken!, ATTEMPT, DELIVERED)).toEqual({ status: "delivered" })
      })
    })

    describe("a destination that is down", () => {
      const ago = (ms: number) => new Date(Date.now() - ms)
      /** As after five attempts in a row, with the next one due. */
      const goDown = () =>
        service.updateOdooDestinations({ id: "webhook", failures: 5, failing_since: ago(600_000), down_since: ago(300_000), probe_at: ago(1_000) })
      const failed = (recordId: string, failedAt: Date) =>
        createEvent(service, {
          record_kind: "order", record_id: recordId, name: "order.status_updated", body: "{}", status: "failed", attempts: 4,
          is_outage: true, error_class: "transport", next_attempt_at: failedAt,
        })

      it("is tried with one delivery at a time, each time with another one", async () => {
        await Promise.all(["order_1", "order_2"].map(capture))
        await failed("order_3", ago(60_000))
        const tried: string[] = []
        for (let round = 0; round < 3; round += 1) {
          await goDown()
          const [probe, ...others] = await claim(10)
          expect([probe?.is_probe, others]).toEqual([true, []])
          tried.push(probe!.record_id)
          expect(await claim(10)).toEqual([])
          // as if nothing had come of it
          await turnBack(probe!.event_id, "leased_until")
        }
        expect(tried.sort()).toEqual(["order_1", "order_2", "order_3"])
      })

      it("spends no attempts, and goes on with what had failed by the outage, and not with what had failed before it", async () => {
        await capture("order_1")
        const [before, within] = [await failed("order_2", ago(86_400_000)), await failed("order_3", ago(60_000))]
        const attempt = async (outcome: Outcome, isOutage: boolean) => {
          await goDown()
          await Promise.all([before, within].map(({ id }) => updateEvent(service, { id, leased_until: new Date(Date.now() + 60_000) })))
          const [delivery] = await claim(10)
          await Promise.all([before, within].map(({ id }) => updateEvent(service, { id, leased_until: null })))
          return (await service.outbox.write("webhook", [{ delivery: delivery!, attempt: ATTEMPT, outcome, isOutage, retryAfterMs: null }])).destination
        }
        const failure = { class: "transport" as const, message: "no", reason: null }
        expect(await attempt({ status: "pending", failure }, true)).toEqual({ isPaused: false, isDown: true, turn: null })
        expect((await listEvents(service, { record_id: "order_1" }))[0]).toMatchObject({ status: "pending", attempts: 1, attempts_before_replay: 1 })
        expect(await attempt(DELIVERED, false)).toEqual({ isPaused: false, isDown: false, turn: { to: "up", revived: 1 } })
        expect(await retrieveEvent(service, within.id)).toMatchObject({ status: "pending", attempts_before_replay: 4 })
        expect(await retrieveEvent(service, before.id)).toMatchObject({ status: "failed" })
      })

      const closed = { class: "http" as const, message: "closed", reason: null }
      /** Claims one delivery and writes its attempt. */
      const attempted = async (outcome: Outcome, members: { isOutage?: boolean; retryAfterMs?: number; startedAt?: Date } = {}) => {
        const [delivery] = await claim(1)
        const { isOutage = false, retryAfterMs = null, startedAt = new Date() } = members
        const attempt = { ...ATTEMPT, started_at: startedAt }
        return (await service.outbox.write("webhook", [{ delivery: delivery!, attempt, outcome, isOutage, retryAfterMs }])).destination
      }

      it("is not probed with what had failed before the outage, which waits for a person", async () => {
        await failed("order_1", ago(86_400_000))
        await capture("order_2")
        for (const expected of [["order_2"], []]) {
          await goDown()
          expect((await claim(10)).map(({ record_id: id }) => id)).toEqual(expected)
        }
      })

      it("is told in the order of the events afterwards, whether they were tried before or not", async () => {
        for (const id of ["order_1", "order_2", "order_3"]) {
          await capture(id)
        }
        const [first] = await listEvents(service, { record_id: "order_1" })
        await updateEvent(service, { id: first!.id, status: "waiting", is_outage: true, next_attempt_at: new Date(Date.now() + 60_000) })
        await goDown()
        expect(await attempted(DELIVERED)).toMatchObject({ isDown: false })
        const claimed = [...(await claim(1)), ...(await claim(1))]
        expect(claimed.map(({ record_id: id }) => id)).toEqual(["order_1", "order_3"])
      })

      it("sends again what had failed before a refusal in the midst of the outage", async () => {
        const one = await failed("order_0", ago(3_600_000))
        for (const id of ["order_1", "order_2", "order_3", "order_4", "order_5", "order_6", "order_7"]) {
          await capture(id)
        }
        const outage: Outcome = { status: "waiting", retryInMs: 60_000, failure: closed }
        await attempted(outage, { isOutage: true, startedAt: ago(7_200_000) })
        await attempted(refused("waiting"))
        for (let count = 1; count <= 4; count += 1) {
          expect(await attempted(outage, { isOutage: true })).toMatchObject({ isDown: false })
        }
        expect(await attempted(outage, { isOutage: true })).toMatchObject({ isDown: true })
        await service.updateOdooDestinations({ id: "webhook", probe_at: ago(1_000) })
        // another one is the probe
        await updateEvent(service, { id: one.id, leased_until: new Date(Date.now() + 60_000) })
        expect((await attempted(DELIVERED)).turn).toMatchObject({ to: "up" })
        expect((await retrieveEvent(service, one.id)).status).not.toBe("failed")
      })

      it("is left alone for as long as it asks, up to four minutes", async () => {
        for (const [asked, minutes] of [[200_000, 200_000], [3_600_000, 240_000]] as const) {
          await capture(`order_${String(asked)}`)
          await goDown()
          await attempted({ status: "pending", failure: closed }, { isOutage: true, retryAfterMs: asked })
          const { probe_at: probeAt } = await service.retrieveOdooDestination("webhook")
          expect(Math.abs(probeAt!.getTime() - Date.now() - minutes)).toBeLessThan(5_000)
        }
      })
    })

    describe("a record that Odoo says it has", () => {
      const link = (odooId: string, force = false) =>
        service.links.link({ kind: "order", recordId: "order_1", odooId, odooName: null, syncedAt: null, force })

      it("is not told as created any more, whether its event is older or younger than the link", async () => {
        await capture("order_1")
        await follow("order_1")
        await link("7")
        expect(names(await claim(10))).toEqual(["order_1 order.status_updated"])
        await service.links.link({ kind: "order", recordId: "order_2", odooId: "8", odooName: null, syncedAt: null, force: false })
        await capture("order_2")
        expect(await claim(10)).toEqual([])
      })

      it("is not told as created either when both happen at the same moment", async () => {
        const orders = Array.from({ length: 30 }, (_, index) => `order_${String(index)}`)
        const linked = (recordId: string) =>
          service.links.link({ kind: "order", recordId, odooId: "7", odooName: null, syncedAt: null, force: false })
        await Promise.all(orders.flatMap((id) => [capture(id), linked(id)]))
        expect(await claim(100)).toEqual([])
        expect(await listEvents(service, { status: "delivered" }, { take: 100 })).toHaveLength(30)
      })

      it("keeps its link until another one is forced upon it", async () => {
        expect(await link("7")).toMatchObject({ odoo_id: "7" })
        expect(await link("8")).toBeUndefined()
        expect(await link("8", true)).toMatchObject({ odoo_id: "8" })
      })
    })

    describe("an API key", () => {
      it("is kept as a digest, opens while it lives, and notes its use at most once a minute", async () => {
        const { id, key } = await service.generateApiKey("Odoo")
        expect(key).toMatch(/^odoo_[\w-]{43}$/)
        expect(await service.authenticateApiKey(key)).toEqual(["read", "write", "subscribe"])
        const { last_used_at: first, digest } = await service.retrieveOdooApiKey(id)
        expect(digest).toMatch(/^[0-9a-f]{64}$/)
        expect(await service.authenticateApiKey(key)).toEqual(["read", "write", "subscribe"])
        expect((await service.retrieveOdooApiKey(id)).last_used_at).toEqual(first)
        for (const wrong of [`${key}x`, key.slice(0, -1), digest, "", "odoo_"]) {
          expect(await service.authenticateApiKey(wrong)).toBeNull()
        }
        await service.revokeApiKey(id)
        await service.revokeApiKey(id)
        expect(await service.authenticateApiKey(key)).toBeNull()
      })
    })
  },
})

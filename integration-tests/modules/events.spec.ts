import { moduleIntegrationTestRunner } from "@medusajs/test-utils"

import { ODOO_MODULE } from "../../src/modules/odoo"
import { OdooApiKey, OdooAttempt, OdooDelivery, OdooEvent, OdooLink, OdooRecordState } from "../../src/modules/odoo/models"
import type OdooModuleService from "../../src/modules/odoo/service"
import type { Attempt, ClaimedEvent, Outcome } from "../../src/modules/odoo/types"
import { observedOrder } from "../support/observed"

const ATTEMPT: Attempt = { started_at: new Date(), duration_ms: 5, http_status: 200, reply: null }
const DELIVERED: Outcome = { status: "delivered", link: null }
const refused = (status: "waiting" | "failed"): Outcome => {
  const failure = { class: "refused" as const, message: "no", reason: null }
  return status === "waiting" ? { status, retryInMs: 60_000, failure } : { status, failure }
}

moduleIntegrationTestRunner<OdooModuleService>({
  moduleName: ODOO_MODULE,
  resolve: "./src/modules/odoo",
  moduleModels: [OdooApiKey, OdooAttempt, OdooDelivery, OdooEvent, OdooLink, OdooRecordState],
  testSuite: ({ service }) => {
    const capture = (id: string) => service.capture(observedOrder(id, { name: "order.created", body: `{"id":"${id}"}` }))
    /** A second event of a record; capturing by difference writes these. */
    const follow = (id: string) =>
      service.createOdooEvents({
        record_kind: "order", record_id: id, name: "order.status_updated", body: "{}", next_attempt_at: new Date(Date.now() - 1_000),
      })
    /** Settles one attempt; gives what has become of its event. */
    const settle = async (event: ClaimedEvent, attempt: Attempt, outcome: Outcome) =>
      (await service.settleEvents([{ event, attempt, outcome }])).settled[0]
    const names = (events: ClaimedEvent[]) => events.map((event) => `${event.record_id} ${event.name}`).sort()
    /** Turns the clock of an event by turning its times back. */
    const turnBack = (id: string, column: "leased_until" | "next_attempt_at") =>
      service.updateOdooEvents({ id, [column]: new Date(Date.now() - 1_000) })

    describe("an event", () => {
      it("is written once for a record, however many hints come at the same time", async () => {
        const written = await Promise.all(Array.from({ length: 10 }, () => capture("order_1")))
        expect(written.filter((isWritten) => isWritten)).toHaveLength(1)
        expect(await service.listOdooEvents({})).toHaveLength(1)
      })

      it("is written once for a change, and who has compared with an older state has to compare anew", async () => {
        await capture("order_1")
        const known = (await service.statesOf("order", ["order_1"])).get("order_1")
        const update = (status: string) =>
          service.capture(observedOrder("order_1", { name: "order.status_updated", body: "{}" }, { version: known!.version, status }))
        const written = await Promise.all(["completed", "canceled", "archived"].map(update))
        expect(written.filter((isWritten) => isWritten)).toHaveLength(1)
        expect(await service.listOdooEvents({ name: "order.status_updated" })).toHaveLength(1)
        expect((await service.statesOf("order", ["order_1"])).get("order_1")).toMatchObject({ version: known!.version + 1 })
        expect(await update("pending")).toBe(false)
      })

      it("is compared anew when it was changed while nothing was found to have changed", async () => {
        await capture("order_1")
        const { version } = (await service.statesOf("order", ["order_1"])).get("order_1")!
        await service.capture(observedOrder("order_1", { name: "order.status_updated", body: "{}" }, { version, status: "completed" }))
        expect(await service.noteCompared("order", [{ id: "order_1", version, mark: "newer" }])).toEqual([])
        expect(await service.noteCompared("order", [{ id: "order_1", version: version + 1, mark: "newer" }])).toEqual(["order_1"])
        expect((await service.statesOf("order", ["order_1"])).get("order_1")).toMatchObject({ source_mark: "newer", is_announced: true })
      })

      it("is claimed by one of many who claim at the same time", async () => {
        await Promise.all(Array.from({ length: 20 }, (_, index) => capture(`order_${String(index)}`)))
        const claims = await Promise.all(Array.from({ length: 8 }, () => service.claimEvents(5)))
        const ids = claims.flat().map((event) => event.id)
        expect(ids).toHaveLength(20)
        expect(new Set(ids).size).toBe(20)
        expect(await service.claimEvents(5)).toEqual([])
      })

      it("can be claimed again when its lease has run out, and the one who was overtaken writes nothing", async () => {
        await capture("order_1")
        const [first] = await service.claimEvents(1)
        expect(await service.claimEvents(1)).toEqual([])
        await turnBack(first!.id, "leased_until")
        const [second] = await service.claimEvents(1)
        expect(second!.id).toBe(first!.id)
        expect(await settle(first!, ATTEMPT, refused("failed"))).toEqual({ status: null })
        expect(await settle(second!, ATTEMPT, DELIVERED)).toEqual({ status: "delivered" })
        const event = await service.retrieveOdooEvent(first!.id)
        expect(event).toMatchObject({ status: "delivered", attempts: 1, lease_id: null, leased_until: null, error_class: null })
        expect(await service.listOdooAttempts({})).toHaveLength(1)
      })

      it("waits behind an earlier one of its record, and holds up no other record", async () => {
        await capture("order_1")
        await follow("order_1")
        await capture("order_2")
        const claimed = await service.claimEvents(10)
        expect(names(claimed)).toEqual(["order_1 order.created", "order_2 order.created"])
        const head = claimed.find((event) => event.record_id === "order_1")!
        await settle(head, ATTEMPT, refused("waiting"))
        expect(await service.claimEvents(10)).toEqual([])
        await turnBack(head.id, "next_attempt_at")
        const [again] = await service.claimEvents(10)
        expect([again!.id, again!.attempts, again!.body]).toEqual([head.id, 1, head.body])
        await settle(again!, ATTEMPT, refused("failed"))
        expect(await service.claimEvents(10)).toEqual([])
        await service.updateOdooEvents({ id: head.id, status: "dismissed" })
        expect(names(await service.claimEvents(10))).toEqual(["order_1 order.status_updated"])
      })

      it("brings its link with it, in the same transaction, and never replaces another link", async () => {
        await capture("order_1")
        const [event] = await service.claimEvents(1)
        await service.createOdooLinks({ record_kind: "order", record_id: "order_1", odoo_id: "7", synced_at: new Date() })
        const settled = await settle(event!, ATTEMPT, { status: "delivered", link: { odoo_id: "8", odoo_name: "S8" } })
        expect(settled).toEqual({ status: "delivered" })
        expect((await service.linksOf("order", ["order_1"])).get("order_1")).toMatchObject({ odoo_id: "7", odoo_name: null })
      })
    })

    describe("events that are settled together", () => {
      const claimed = async (count: number) => {
        await Promise.all(Array.from({ length: count }, (_, index) => capture(`order_${String(index)}`)))
        return await service.claimEvents(count)
      }
      const named = (odooId: string): Outcome => ({ status: "delivered", link: { odoo_id: odooId, odoo_name: null } })
      const settleAll = (events: readonly ClaimedEvent[], outcomeOf: (index: number) => Outcome) =>
        service.settleEvents(events.map((event, index) => ({ event, attempt: ATTEMPT, outcome: outcomeOf(index) })))

      it("each come to their own end, in the order given, and only what was ours is written", async () => {
        const events = await claimed(5)
        await turnBack(events[1]!.id, "leased_until")
        await service.claimEvents(1)
        await service.linkRecord({ kind: "order", recordId: events[3]!.record_id, odooId: "3", odooName: null, syncedAt: null, force: false })
        const outcomes = [refused("failed"), DELIVERED, named("2"), refused("waiting"), named("4")]
        const { settled, isPaused } = await settleAll(events, (index) => outcomes[index]!)
        expect(isPaused).toBe(false)
        expect(settled.map(({ status }) => status)).toEqual(["failed", null, "delivered", "delivered", "delivered"])
        expect(settled.map(({ link }) => link?.odoo_id)).toEqual([undefined, undefined, "2", undefined, "4"])
        const attempts = await service.listOdooAttempts({}, { order: { event_id: "ASC" } })
        expect(attempts.map(({ event_id: id }) => id)).toEqual(events.filter((_, index) => index !== 1).map(({ id }) => id).sort())
        expect(await service.retrieveOdooEvent(events[3]!.id)).toMatchObject({ status: "delivered", attempts: 1, error_class: null })
        await service.pauseDelivery(null)
        const [again] = await service.listOdooEvents({ id: events[1]!.id })
        expect(await service.settleEvents([{ event: { ...events[1]!, lease_id: again!.lease_id! }, attempt: ATTEMPT, outcome: DELIVERED }])).toEqual({
          settled: [{ status: "delivered" }],
          isPaused: true,
        })
      })

      it("are all written, links too, or none is", async () => {
        const events = await claimed(3)
        const unwritable: Outcome = { status: "failed", failure: { class: "refused", message: "\u0000", reason: null } }
        await expect(settleAll(events, (index) => (index === 2 ? unwritable : named("7")))).rejects.toThrow()
        expect(await service.listOdooAttempts({})).toEqual([])
        expect(await service.listOdooLinks({})).toEqual([])
        expect((await settleAll(events, () => named("7"))).settled.map(({ status }) => status)).toEqual(Array(3).fill("delivered"))
      })

      it("do not wait for each other crosswise where two groups are about the same records", async () => {
        const late = await claimed(30)
        await Promise.all(late.map(({ id }) => turnBack(id, "leased_until")))
        const early = (await service.claimEvents(30)).reverse()
        const groups = await Promise.all([early, late, early, late].map((group) => settleAll(group, (index) => named(String(index + 1)))))
        expect(groups.flatMap(({ settled }) => settled.filter(({ status }) => status === "delivered"))).toHaveLength(30)
        expect(await service.listOdooAttempts({}, { take: 100 })).toHaveLength(30)
      })

      it("are due again when they are given back, unless another has taken them", async () => {
        const events = await claimed(3)
        await turnBack(events[0]!.id, "leased_until")
        const [taken] = await service.claimEvents(1)
        await service.giveBackEvents(events)
        expect((await service.claimEvents(10)).map(({ id }) => id).sort()).toEqual([events[1]!.id, events[2]!.id].sort())
        expect(await settle(taken!, ATTEMPT, DELIVERED)).toEqual({ status: "delivered" })
      })
    })

    describe("a record that Odoo says it has", () => {
      const link = (odooId: string, force = false) =>
        service.linkRecord({ kind: "order", recordId: "order_1", odooId, odooName: null, syncedAt: null, force })

      it("is not told as created any more, whether its event is older or younger than the link", async () => {
        await capture("order_1")
        await follow("order_1")
        await link("7")
        expect(names(await service.claimEvents(10))).toEqual(["order_1 order.status_updated"])
        await service.linkRecord({ kind: "order", recordId: "order_2", odooId: "8", odooName: null, syncedAt: null, force: false })
        await capture("order_2")
        expect(await service.claimEvents(10)).toEqual([])
      })

      it("is not told as created either when both happen at the same moment", async () => {
        const orders = Array.from({ length: 30 }, (_, index) => `order_${String(index)}`)
        const linked = (recordId: string) =>
          service.linkRecord({ kind: "order", recordId, odooId: "7", odooName: null, syncedAt: null, force: false })
        await Promise.all(orders.flatMap((id) => [capture(id), linked(id)]))
        expect(await service.claimEvents(100)).toEqual([])
        expect(await service.listOdooEvents({ status: "delivered" }, { take: 100 })).toHaveLength(30)
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
        expect(await service.authenticateApiKey(key)).toBe(true)
        const { last_used_at: first, digest } = await service.retrieveOdooApiKey(id)
        expect(digest).toMatch(/^[0-9a-f]{64}$/)
        expect(await service.authenticateApiKey(key)).toBe(true)
        expect((await service.retrieveOdooApiKey(id)).last_used_at).toEqual(first)
        for (const wrong of [`${key}x`, key.slice(0, -1), digest, "", "odoo_"]) {
          expect(await service.authenticateApiKey(wrong)).toBe(false)
        }
        await service.revokeApiKey(id)
        await service.revokeApiKey(id)
        expect(await service.authenticateApiKey(key)).toBe(false)
      })
    })
  },
})

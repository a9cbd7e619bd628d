import { WorkflowManager } from "@medusajs/framework/orchestration"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { Migration20261127124500 } from "../../src/modules/odoo/migrations/Migration20261127124500"
import { resolveOptions } from "../../src/modules/odoo/options"
import { defineRecordType, idIn, registerRecordType } from "../../src/records"
import { dispatchDue } from "../../src/outbox/dispatcher"
import { captureFromEvent } from "../../src/workflows/capture/capture-from-event"
import { sendBacklog } from "../../src/workflows/sweep/backlog"
import { sweepDue } from "../../src/workflows/sweep/sweep"
import { MemoryTarget } from "../support/memory-target"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

type Region = { id: string; name: string }

const tell = (name: string, { id, name: title }: Region) => ({
  name,
  body: JSON.stringify({ event: name, timestamp: new Date().toISOString(), data: { region: { id, name: title } } }),
})

/** Regions: that one was made, and how its name changes. */
const regionType = defineRecordType<Region, Region>({
  kind: "region",
  events: ["region.created", "region.renamed"],
  source: {
    kind: "region",
    table: "region",
    present: "record.deleted_at IS NULL",
    tellable: "true",
    confirmed: "true",
    timesOf: (id) => `SELECT updated_at FROM region WHERE id = ${id}`,
    changedSince: "SELECT id, updated_at AS at FROM region WHERE updated_at >= :from",
  },
  hints: [
    { events: ["region.created"], isNew: true, idsOf: idIn("id") },
    { events: ["region.updated"], idsOf: idIn("id") },
  ],
  hintsAreProof: true,
  load: async (container, ids) =>
    (await container.resolve(Modules.REGION).listRegions({ id: [...ids] })).map(({ id, name }) => ({ id, name })),
  snapshot: ({ name }) => ({ name }),
  created: (region) => tell("region.created", region),
  compare: ({ snapshot }, region) => (snapshot.name === region.name ? null : { event: tell("region.renamed", region) }),
})

shopSuite({ empty: true }, (bench) => {
  const query = async <T>(statement: string, bindings: Record<string, string> = {}) =>
    (await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw<{ rows: T[] }>(statement, bindings)).rows

  const regions = () => bench.container.resolve(Modules.REGION)

  /** What Odoo is told of regions, as the events stand in our table. */
  const told = async () => {
    const rows = await query<{ name: string; body: string }>(
      "SELECT name, body FROM odoo_event WHERE record_kind = 'region' ORDER BY sequence"
    )
    return rows.map(({ name, body }) => [name, (JSON.parse(body) as { data: { region: Region } }).data.region.name])
  }

  const sweep = async () => {
    await query("UPDATE odoo_sweep SET next_at = now()")
    return await sweepDue(bench.container)
  }

  const hint = (name: string, id: string) => captureFromEvent(bench.container, { name, data: { id } })

  const memory = new MemoryTarget("memory")
  let unregister = () => undefined as unknown

  beforeAll(async () => {
    // a sweep that is due is this file's to make
    WorkflowManager.unregister("job-odoo-sweep")
    unregister = registerRecordType(regionType)
    await memory.open(bench.container, regionType.events)
  })
  beforeEach(() => {
    memory.arrived.length = 0
  })

  afterAll(() => unregister())

  describe("a record type that was registered", () => {
    it("has what was there before it noted by its first sweep, and Odoo told of what comes after", async () => {
      await sweep()
      expect(await told()).toEqual([])
      expect(await query("SELECT record_id, snapshot FROM odoo_snapshot WHERE record_kind = 'region'")).toEqual([
        { record_id: bench.shop.regionId, snapshot: { name: expect.any(String) } },
      ])
      expect(await bench.odoo.sweeps.of("region")).toMatchObject({ baseline_done_at: expect.any(Date) })
      const { id } = await regions().createRegions({ name: "Bahrain", currency_code: "bhd" })
      expect(await sweep()).toEqual({ captured: 1, failed: 0 })
      await regions().updateRegions(id, { name: "Kingdom of Bahrain" })
      await regions().updateRegions(bench.shop.regionId, { name: "State of Kuwait" })
      expect(await sweep()).toEqual({ captured: 2, failed: 0 })
      expect(await sweep()).toEqual({ captured: 0, failed: 0 })
      expect((await told()).sort()).toEqual([
        ["region.created", "Bahrain"],
        ["region.renamed", "Kingdom of Bahrain"],
        ["region.renamed", "State of Kuwait"],
      ])
      await dispatchDue(bench.container)
      await waitFor("a target of the same test has all of it", () => memory.arrived.length === 3)
      expect(memory.arrived.map(({ body }) => body)).toContain("memory is told of region.renamed")
    })

    it("has Odoo told of what an event of Medusa hints at, once", async () => {
      const { id } = await regions().createRegions({ name: "Bahrain", currency_code: "bhd" })
      await hint("region.created", id)
      await hint("region.created", id)
      await regions().updateRegions(id, { name: "Kingdom of Bahrain" })
      await hint("region.updated", id)
      await hint("region.updated", id)
      expect(await told()).toEqual([
        ["region.created", "Bahrain"],
        ["region.renamed", "Kingdom of Bahrain"],
      ])
    })

    it("has what was there before it noted when a hint comes first", async () => {
      await hint("region.updated", bench.shop.regionId)
      expect(await told()).toEqual([])
      await regions().updateRegions(bench.shop.regionId, { name: "State of Kuwait" })
      await hint("region.updated", bench.shop.regionId)
      expect(await told()).toEqual([["region.renamed", "State of Kuwait"]])
    })

    it("has Odoo told of what came between the start of the shop and its first sweep", async () => {
      await bench.odoo.__hooks.onApplicationStart()
      await regions().createRegions({ name: "Bahrain", currency_code: "bhd" })
      await sweep()
      expect(await told()).toEqual([["region.created", "Bahrain"]])
      expect(await query("SELECT record_id FROM odoo_snapshot WHERE record_kind = 'region' AND announced_at IS NULL")).toEqual([
        { record_id: bench.shop.regionId },
      ])
    })

    it("has its events sent by the webhook where the options ask for them, and only then", async () => {
      const { webhook } = bench.odoo.options
      const { events } = webhook
      await memory.open(bench.container, [])
      const { id } = await regions().createRegions({ name: "Bahrain", currency_code: "bhd" })
      await hint("region.created", id)
      expect(await told()).toEqual([])
      try {
        webhook.events = resolveOptions({}, { ODOO_WEBHOOK_EVENTS: "order.created,region.renamed" }).webhook.events
        await bench.odoo.outbox.keepDestinations()
        await regions().updateRegions(id, { name: "Kingdom of Bahrain" })
        await hint("region.updated", id)
        await dispatchDue(bench.container)
        await waitFor("the webhook is told", () => bench.standIn.deliveries.length > 0)
        expect(bench.standIn.deliveries.map(({ body }) => [body.event, body.data.region])).toEqual([
          ["region.renamed", { id, name: "Kingdom of Bahrain" }],
        ])
      } finally {
        webhook.events = events
        await bench.odoo.outbox.keepDestinations()
      }
    })

    it("is named at the start of the shop where the options ask for an event that no type has", async () => {
      const { webhook } = bench.odoo.options
      const { events } = webhook
      const warn = jest.spyOn(bench.container.resolve(ContainerRegistrationKeys.LOGGER), "warn").mockImplementation(() => undefined)
      try {
        webhook.events = [...events, "region.created", "parcel.lost"]
        await bench.odoo.__hooks.onApplicationStart()
        const said = warn.mock.calls.map(([text]) => text).filter((text) => text.includes("webhook.events"))
        expect(said).toEqual([expect.stringContaining("names parcel.lost, which no registered record type has")])
      } finally {
        warn.mockRestore()
        webhook.events = events
        await bench.odoo.outbox.keepDestinations()
      }
    })

    it("has a backlog, and a place in people's filters", async () => {
      const backlog = await sendBacklog(bench.container, { kinds: ["region"], dryRun: false, since: new Date(0) })
      expect(backlog).toEqual([{ kind: "region", done: 1, written: 1, failed: 0, total: 1 }])
      const admin = await bench.admin()
      const { data } = await admin.get("/admin/odoo/events?record_kind=region")
      expect(data.events).toMatchObject([{ record_kind: "region", record_id: bench.shop.regionId, name: "region.created" }])
      for (const unknown of ["/admin/odoo/events?record_kind=parcel", "/admin/odoo/refusals?record_kind=parcel"]) {
        const refused = await admin.get(unknown)
        expect([refused.status, refused.data]).toMatchObject([
          400,
          { code: "VALIDATION_ERROR", message: expect.stringContaining("customer, order, region") },
        ])
      }
    })
  })

  it("what was noted of orders and customers in columns of their own is what is noted of them now, and back", async () => {
    const transaction = await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).transaction()
    const rows = async (statement: string) => (await transaction.raw<{ rows: object[] }>(statement)).rows
    const carryOut = async (way: "up" | "down") => {
      const migration: Migration20261127124500 = Reflect.construct(Migration20261127124500, [])
      await migration[way]()
      for (const statement of migration.getQueries().filter((query) => typeof query === "string")) {
        await rows(statement)
      }
    }
    const older = () => rows("SELECT * FROM odoo_record_state WHERE id LIKE 'ostt__' ORDER BY id")
    const newer = () => rows("SELECT * FROM odoo_snapshot WHERE id LIKE 'ostt__' ORDER BY id")
    try {
      await carryOut("down")
      await rows(
        `INSERT INTO odoo_record_state (id, record_kind, record_id, version, status, fulfillment_status, payment_status, profile, address_ids,
           source_mark, announced_at, told_by_odoo, told_until)
         VALUES
           ('ostt_1', 'order', 'order_1', 3, 'pending', 'shipped', NULL, NULL, NULL, '1/2', '2026-11-01', '{status=canceled}', '2026-11-02'),
           ('ostt_2', 'customer', 'cus_1', 1, NULL, NULL, NULL, '{"email":"abc"}', '{cuaddr_1,cuaddr_2}', NULL, NULL, NULL, NULL)`
      )
      const before = await older()
      await carryOut("up")
      const after = await newer()
      expect(after).toMatchObject([
        {
          id: "ostt_1", record_kind: "order", record_id: "order_1", version: 3, source_version: "1/2", announced_at: expect.any(Date),
          snapshot: { status: "pending", fulfillment_status: "shipped", payment_status: null },
          echo_suppressed: ["status=canceled"], echo_suppressed_until: expect.any(Date),
        },
        {
          id: "ostt_2", record_kind: "customer", record_id: "cus_1", version: 1, source_version: null, announced_at: null,
          snapshot: { profile: { email: "abc" }, address_ids: ["cuaddr_1", "cuaddr_2"] }, echo_suppressed: null,
        },
      ])
      // what the older tables have no place for
      await rows("INSERT INTO odoo_snapshot (id, record_kind, record_id, snapshot) VALUES ('ostt_3', 'region', 'reg_1', '{}')")
      await carryOut("down")
      expect(await older()).toEqual(before)
      await carryOut("up")
      expect(await newer()).toEqual(after)
    } finally {
      await transaction.rollback()
    }
  })
})

import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex"
import { readFileSync } from "fs"
import { tmpdir } from "os"
import { join } from "path"

import { resolveOptions } from "../../src/modules/odoo/options"
import { claimDeliveries } from "../../src/modules/odoo/sql/claim-deliveries"
import { setPaused, upsertDestination } from "../../src/modules/odoo/sql/destinations"
import { replayDeliveries } from "../../src/modules/odoo/sql/replay-deliveries"
import { webhookDestination } from "../../src/modules/odoo/webhook-addresses"
import { MedusaProcess } from "../support/medusa-process"
import { TestDatabase } from "../support/test-database"

/** The plugin's tables as version 0.1 had them, with every status of an event and a row of each kind. */
const DUMP = readFileSync(join(__dirname, "upgrade", "version-0.1.sql"), "utf8")

/** The migrations that version 0.1 had. */
const MIGRATIONS_OF_0_1 = [
  "Migration20261121204431",
  "Migration20261121235806",
  "Migration20261122033017",
  "Migration20261122071616",
  "Migration20261125220401",
  "Migration20261125222000",
  "Migration20261126033500",
  "Migration20261127083506",
  "Migration20261127083621",
]

describe("an upgrade from version 0.1", () => {
  let database: TestDatabase
  let db: Knex

  const rows = async <T>(statement: string) => (await db.raw<{ rows: T[] }>(statement)).rows
  /** The rows of a table of the dump, by their ids, without the columns that name times of writing. */
  const tableOf = async (table: string) =>
    Object.fromEntries(
      (await rows<{ row: Record<string, unknown> & { id: string } }>(`SELECT to_jsonb(t) - 'created_at' - 'updated_at' AS row FROM ${table} AS t`)).map(
        ({ row }) => [row.id, row]
      )
    )
  const before: Record<string, Awaited<ReturnType<typeof tableOf>>> = {}
  const UNCHANGED = ["odoo_link", "odoo_receipt", "odoo_movement", "odoo_refusal", "odoo_stock_record", "odoo_stock_statement", "odoo_api_key", "odoo_sweep"]

  beforeAll(async () => {
    database = await TestDatabase.create(`medusa-upgrade-${String(process.pid)}`)
    db = knex({ client: "pg", connection: database.url })
    const tables = await rows<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname LIKE 'odoo\\_%'"
    )
    for (const { name } of tables) {
      await db.raw(`DROP TABLE "${name}" CASCADE`)
    }
    await db.raw(DUMP)
    const names = MIGRATIONS_OF_0_1.map((name) => `'${name}'`).join(", ")
    await db.raw(`DELETE FROM mikro_orm_migrations WHERE name ~ '^Migration2026(11|12)' AND name NOT IN (${names})`)
    for (const table of [...UNCHANGED, "odoo_event", "odoo_attempt", "odoo_record_state"]) {
      before[table] = await tableOf(table)
    }
    await new MedusaProcess(["db:migrate"], { DATABASE_URL: database.url }, join(tmpdir(), `${database.name}.log`)).succeed()
    await upsertDestination(db, webhookDestination(resolveOptions({ webhook: { url: "http://odoo.example.com" } }, {}).webhook), true)
    // a Medusa is migrated twice
  }, 600_000)
  afterAll(async () => {
    await db.destroy()
    await database.drop()
  })

  it("keeps every row of the tables whose shape stays", async () => {
    for (const table of UNCHANGED) {
      expect([table, await tableOf(table)]).toEqual([table, before[table]])
    }
  })

  it("keeps each event with its id, its place and its bytes, and makes a delivery to the webhook of how it stood", async () => {
    const events = await tableOf("odoo_event")
    const deliveries = await rows<Record<string, unknown> & { event_id: string }>("SELECT to_jsonb(d) AS row FROM odoo_delivery AS d").then((found) =>
      Object.fromEntries(found.map(({ row }) => [(row as { event_id: string }).event_id, row as Record<string, unknown>]))
    )
    expect(Object.keys(events).sort()).toEqual(Object.keys(before.odoo_event!).sort())
    for (const [id, { body, sequence, record_kind, record_id, name, ...standing }] of Object.entries(before.odoo_event!)) {
      expect(events[id]).toMatchObject({ body, sequence, record_kind, record_id, name })
      const { id: _, deleted_at: __, ...kept } = standing
      expect(deliveries[id]).toMatchObject({ ...kept, destination_id: "webhook", sequence, record_kind, record_id, name })
    }
    const heads = Object.values(deliveries).filter((delivery) => delivery.is_head).map((delivery) => delivery.event_id)
    expect(heads.sort()).toEqual(["oevt_01K2", "oevt_01K4", "oevt_01K5", "oevt_01K7", "oevt_01K8"])
    const byOutage = Object.values(deliveries).filter((delivery) => delivery.is_outage).map((delivery) => delivery.event_id)
    expect(byOutage.sort()).toEqual(["oevt_01K2", "oevt_01K4"])
  })

  it("keeps each attempt with its event", async () => {
    const attempts = await rows<Record<string, unknown>>(
      "SELECT attempt.id, delivery.event_id, attempt.number, attempt.reply FROM odoo_attempt AS attempt JOIN odoo_delivery AS delivery ON delivery.id = attempt.delivery_id ORDER BY attempt.id"
    )
    const expected = Object.values(before.odoo_attempt!).map(({ id, event_id, number, reply }) => ({ id, event_id, number, reply }))
    expect(attempts).toEqual(expected.sort((one, other) => (one.id < other.id ? -1 : 1)))
  })

  it("keeps what was last seen of each record", async () => {
    const snapshots = await tableOf("odoo_snapshot")
    expect(Object.keys(snapshots).sort()).toEqual(Object.keys(before.odoo_record_state!).sort())
    for (const [id, state] of Object.entries(before.odoo_record_state!)) {
      const { record_kind, record_id, version, announced_at, source_mark, told_by_odoo, told_until } = state
      const { status, fulfillment_status, payment_status, profile, address_ids } = state
      const snapshot = record_kind === "order" ? { status, fulfillment_status, payment_status } : { profile, address_ids }
      expect(snapshots[id]).toMatchObject({
        record_kind, record_id, version, announced_at, snapshot, announced_to: announced_at === null ? null : ["webhook"],
        source_version: source_mark, echo_suppressed: told_by_odoo, echo_suppressed_until: told_until,
      })
    }
  })

  it("keeps the pause, sends nothing twice, and lets what had failed be sent again", async () => {
    const claim = { destinationId: "webhook", limit: 100, leaseMs: 1_000, leaseId: "lease" }
    expect(await claimDeliveries(db, claim)).toEqual([])
    expect(await rows("SELECT pause_reason FROM odoo_destination")).toEqual([{ pause_reason: "Odoo is being upgraded" }])
    await setPaused(db, { id: null, paused: false, reason: null })
    expect((await claimDeliveries(db, claim)).map((delivery) => delivery.event_id).sort()).toEqual(["oevt_01K7", "oevt_01K8"])
    const { counts } = await replayDeliveries(db, { status: ["failed"] })
    expect(counts).toEqual([{ outcome: "replayed", count: 2 }])
    const replayed = await claimDeliveries(db, claim)
    expect(replayed.map((delivery) => delivery.event_id).sort()).toEqual(["oevt_01K2", "oevt_01K5"])
    expect(replayed.find((delivery) => delivery.event_id === "oevt_01K5")).toMatchObject({
      body: before.odoo_event!.oevt_01K5!.body,
      attempts: 8,
      attempts_before_replay: 8,
    })
  })
})

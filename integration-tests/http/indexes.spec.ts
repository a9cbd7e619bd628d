import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { acknowledgeCreated } from "../../src/modules/odoo/sql/acknowledge-created"
import { claimEvents } from "../../src/modules/odoo/sql/claim-events"
import { deleteClosedEvents } from "../../src/modules/odoo/sql/delete-closed-events"
import { deleteExpiredReceipts } from "../../src/modules/odoo/sql/delete-expired-receipts"
import { dismissEvent } from "../../src/modules/odoo/sql/dismiss-event"
import { giveBackEvents } from "../../src/modules/odoo/sql/give-back-events"
import { noteSourceMarks } from "../../src/modules/odoo/sql/note-source-marks"
import { openReceipt } from "../../src/modules/odoo/sql/open-receipt"
import { replayEvents } from "../../src/modules/odoo/sql/replay-events"
import { selectAdoptableRecords } from "../../src/modules/odoo/sql/select-adoptable-records"
import { selectApiKey } from "../../src/modules/odoo/sql/select-api-key"
import { selectChangedRecords } from "../../src/modules/odoo/sql/select-changed-records"
import { selectClosedEvents } from "../../src/modules/odoo/sql/select-closed-events"
import { selectBuyers } from "../../src/modules/odoo/sql/select-customers"
import { selectCustomersOfAddress } from "../../src/modules/odoo/sql/select-customers-of"
import { selectAttempts, selectEvent } from "../../src/modules/odoo/sql/select-event"
import { selectEventPage } from "../../src/modules/odoo/sql/select-event-page"
import { selectEventSummary } from "../../src/modules/odoo/sql/select-event-summary"
import { selectInventoryLevels } from "../../src/modules/odoo/sql/select-inventory-levels"
import { selectLinkedRecords } from "../../src/modules/odoo/sql/select-linked-records"
import { selectLinks } from "../../src/modules/odoo/sql/select-links"
import { selectMovements } from "../../src/modules/odoo/sql/select-movements"
import { selectOpenCounts } from "../../src/modules/odoo/sql/select-open-counts"
import { selectOrderPage } from "../../src/modules/odoo/sql/select-order-page"
import { selectOrders } from "../../src/modules/odoo/sql/select-orders"
import { selectReceipt } from "../../src/modules/odoo/sql/select-receipt"
import { selectRecordStates } from "../../src/modules/odoo/sql/select-record-states"
import { selectStockItems, selectStockItemsIgnoringCase } from "../../src/modules/odoo/sql/select-stock-items"
import { selectUnmirroredLinks } from "../../src/modules/odoo/sql/select-unmirrored-links"
import { selectUnseenRecords } from "../../src/modules/odoo/sql/select-unseen-records"
import { settleEvents } from "../../src/modules/odoo/sql/settle-events"
import { keepOutcome, releaseReceipt, renewReceipt, settleReceipt } from "../../src/modules/odoo/sql/settle-receipt"
import { touchApiKey } from "../../src/modules/odoo/sql/touch-api-key"
import { markSettled, markUnsettled, selectMovedOrders, selectUnsettledOrders } from "../../src/modules/odoo/sql/unsettled-movements"
import { updateLinkStatus } from "../../src/modules/odoo/sql/update-link-status"
import { updateRecordState } from "../../src/modules/odoo/sql/update-record-state"
import { updateTold } from "../../src/modules/odoo/sql/update-told"
import { upsertLinks } from "../../src/modules/odoo/sql/upsert-links"
import type { Attempted, EventFilters } from "../../src/modules/odoo/types"
import { observedOrder } from "../support/observed"
import { plansOf, wholeTables } from "../support/plans"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

/**
 * What grows with the shop. There is one row of `odoo_delivery`, one of `odoo_sweep` for each kind of record, and of
 * `odoo_refusal` what a person has to look at.
 */
const TABLES = [
  "odoo_event", "odoo_attempt", "odoo_record_state", "odoo_link", "odoo_movement", "odoo_receipt", "odoo_stock_statement", "odoo_stock_record",
  "odoo_api_key",
]

/** Medusa's own that our statements join. */
const READ_TOO = [`"order"`, "order_item", "payment_collection", "fulfillment", "customer", "customer_address"]

const SIZE = 100_000

/** Of 1,000 events, 988 are delivered, 3 dismissed and 9 open; of 100 orders, one is not linked. */
const SEED = [
  `INSERT INTO "order" (id, currency_code, email, status, created_at, updated_at)
   SELECT 'order_' || n, 'kwd', n || '@example.com', 'pending', now() - n * interval '1 minute', now() - n * interval '1 minute'
   FROM generate_series(1, ${String(SIZE)}) AS n`,
  `INSERT INTO odoo_event
     (id, record_kind, record_id, name, body, status, attempts, next_attempt_at, error_class, delivered_at, dismissed_at, created_at)
   SELECT 'oevt_' || n, kind, kind || '_' || n / 2, CASE n % 2 WHEN 0 THEN kind || '.created' ELSE 'order.status_updated' END,
     (SELECT string_agg(md5(n || '/' || part), '') FROM generate_series(1, 40) AS part), status, 1, at, CASE WHEN status IN ('waiting', 'failed', 'dismissed') THEN 'http' END,
     CASE status WHEN 'delivered' THEN at END, CASE status WHEN 'dismissed' THEN at END, at
   FROM (
     SELECT n, CASE n % 20 WHEN 0 THEN 'customer' ELSE 'order' END AS kind, now() - n * interval '10 seconds' AS at,
       CASE WHEN n % 1000 < 3 THEN 'dismissed' WHEN n % 1000 < 6 THEN 'failed' WHEN n % 1000 < 9 THEN 'waiting'
         WHEN n % 1000 < 12 THEN 'pending' ELSE 'delivered' END AS status
     FROM generate_series(1, ${String(SIZE)}) AS n
   ) AS made`,
  `INSERT INTO odoo_attempt (id, event_id, number, started_at, duration_ms, http_status)
   SELECT 'oatt_' || n, 'oevt_' || n, 1, now(), 5, 200 FROM generate_series(1, ${String(SIZE)}) AS n`,
  `INSERT INTO odoo_record_state (id, record_kind, record_id, status, address_ids, source_mark)
   SELECT 'ostt_' || kind || n, kind, CASE kind WHEN 'order' THEN 'order_' ELSE 'cus_' END || n, 'pending',
     CASE kind WHEN 'customer' THEN ARRAY['cuaddr_' || n] END, '1/' || n
   FROM generate_series(1, ${String(SIZE)}) AS n, unnest(ARRAY['order', 'customer']) AS kind WHERE kind = 'order' OR n % 10 = 0`,
  `INSERT INTO odoo_link (id, record_kind, record_id, odoo_id, odoo_name, synced_at, updated_at)
   SELECT 'olnk_' || n, 'order', 'order_' || n, n::text, 'S' || n, now(), now() - n * interval '10 seconds'
   FROM generate_series(1, ${String(SIZE)}) AS n WHERE n % 100 > 0`,
  `INSERT INTO odoo_movement (id, order_id, line_item_id, inventory_item_id, quantity, via, unsettled_since)
   SELECT 'omov_' || n, 'order_' || n, 'ordli_' || n, 'iitem_' || n, 1, 'reduce', CASE n % 1000 WHEN 0 THEN now() END
   FROM generate_series(1, ${String(SIZE)}) AS n`,
  `INSERT INTO odoo_receipt (id, scope, key, fingerprint, expires_at)
   SELECT 'orcp_' || n, 'POST /odoo/inventory/update', 'key-' || n, 'x', now() + n * interval '1 second'
   FROM generate_series(1, ${String(SIZE)}) AS n`,
  `INSERT INTO odoo_stock_statement (id, inventory_item_id, location_id, stated_at)
   SELECT 'osts_' || n, 'iitem_' || n, 'sloc_1', now() FROM generate_series(1, ${String(SIZE)}) AS n`,
  `INSERT INTO odoo_stock_record (id, sku, inventory_item_id)
   SELECT 'ostk_' || n, 'SKU-' || n, 'iitem_' || n FROM generate_series(1, ${String(SIZE)}) AS n`,
  `INSERT INTO odoo_api_key (id, title, digest, redacted)
   SELECT 'okey_' || n, 'Odoo', md5(n::text), 'odoo_' FROM generate_series(1, ${String(SIZE)}) AS n`,
]

const event = {
  id: "oevt_9", record_kind: "order" as const, record_id: "order_4", name: "order.created", body: "{}", attempts: 0,
  attempts_before_replay: 0, lease_id: "lease",
}
const attempted = Array.from({ length: 16 }, (_, index): Attempted => ({
  event: { ...event, id: `oevt_${String(index)}` },
  attempt: { started_at: new Date(), duration_ms: 5, http_status: 200, reply: null },
  outcome: { status: "delivered", link: null },
}))
const orders = Array.from({ length: 100 }, (_, index) => `order_${String(index * 7)}`)
const receipt = { scope: "POST /odoo/inventory/update", key: "key-7", fingerprint: "x" }
const monthAgo = { olderThanMs: 30 * 86_400_000, limit: 1000 }
const page = { limit: 50, offset: 0, after: undefined }
const lately = () => new Date(Date.now() - 11 * 60_000)
const counts = (howMany: number) =>
  Array.from({ length: howMany }, (_, index) => ({ sku: `SKU-${String(index * 7)}`, locationId: "sloc_1", quantity: 1, isAvailable: false, statedAt: null }))
const events = (filters: EventFilters) => (db: Knex) => selectEventPage(db, filters, page)

/** What runs often, by what it is for. */
const STATEMENTS: readonly (readonly [string, (db: Knex) => Promise<unknown>])[] = [
  ["claiming events", (db) => claimEvents(db, { limit: 64, leaseMs: 40_000, leaseId: "lease" })],
  ["giving events back", (db) => giveBackEvents(db, attempted.map((each) => each.event))],
  ["settling events", (db) => settleEvents(db, attempted)],
  ["acknowledging that records were created", (db) => acknowledgeCreated(db, [event])],
  ["one event", (db) => selectEvent(db, event.id)],
  ["an event's attempts", (db) => selectAttempts(db, event.id)],
  ["a page of events", events({})],
  ["a page of events of a kind", events({ recordKind: "customer" })],
  ["a page of events of a name", events({ name: "customer.created" })],
  ["a page of events of a record", events({ recordId: "order_7" })],
  ["a page of events of some time", events({ since: new Date(Date.now() - 60 * 60_000), until: new Date() })],
  ["a page of failed events", events({ status: ["failed"] })],
  ["a page of events that are open", events({ status: ["pending", "waiting", "behind", "failed"] })],
  ["a page of events that are behind others", events({ status: ["behind"] })],
  ["a page of dismissed events", events({ status: ["dismissed"] })],
  ["a page of delivered events", events({ status: ["delivered"] })],
  ["a page of events with some failure", events({ errorClass: ["http", "timeout"] })],
  ["counting the events that Odoo does not have", (db) => selectEventSummary(db).catch(() => undefined)],
  ["counting the events that are done with", selectClosedEvents],
  ["replaying events by id", (db) => replayEvents(db, { ids: [event.id] })],
  ["replaying what has failed", (db) => replayEvents(db, { status: ["failed"] })],
  ["dismissing an event", (db) => dismissEvent(db, event.id, "no")],
  ["removing what was closed long ago", (db) => deleteClosedEvents(db, monthAgo)],
  ["how records were last seen", (db) => selectRecordStates(db, "order", orders)],
  ["whose address it was", (db) => selectCustomersOfAddress(db, "cuaddr_10")],
  ["noting what was compared", (db) => noteSourceMarks(db, "order", orders.map((id) => ({ id, version: 1, mark: "" })))],
  ["noting a change", (db) => updateRecordState(db, observedOrder("order_7", null).state, 1, false)],
  ["noting what Odoo is changing", (db) => updateTold(db, "order_7", [], 1)],
  ["orders that changed lately", (db) => selectChangedRecords(db, "order", { from: lately(), after: null, limit: 100 })],
  ["customers that changed lately", (db) => selectChangedRecords(db, "customer", { from: lately(), after: null, limit: 100 })],
  ["links of records", (db) => selectLinks(db, "order", orders)],
  ["records by Odoo's id", (db) => selectLinkedRecords(db, "order", { odooId: "7" })],
  ["records by Odoo's name", (db) => selectLinkedRecords(db, "order", { odooName: "S7" })],
  ["links that were made lately and do not show", (db) => selectUnmirroredLinks(db, "order", lately(), 100)],
  [
    "linking a record",
    (db) => upsertLinks(db, [{ kind: "order", recordId: "order_7", odooId: "7", odooName: null }], { syncedAt: null, force: true }),
  ],
  ["noting Odoo's status", (db) => updateLinkStatus(db, "order", "order_7", "sale")],
  ["what has left for an order", (db) => selectMovements(db, "order_7")],
  ["which orders have books", (db) => selectMovedOrders(db, orders)],
  ["which orders' books await something", (db) => selectUnsettledOrders(db, 60_000, 100)],
  ["marking an order's books", (db) => markUnsettled(db, "order_7").then(() => markSettled(db, "order_7"))],
  ["taking an idempotency key", (db) => openReceipt(db, { ...receipt, ttlMs: 1, leaseMs: 1 })],
  ["what a key stands for", (db) => selectReceipt(db, receipt)],
  ["holding a key", (db) => renewReceipt(db, "orcp_7", 1)],
  ["settling a key", (db) => settleReceipt(db, "orcp_7", { status: 200, body: "{}" }).then(() => keepOutcome(db, "orcp_7", "{}"))],
  ["giving a key back", (db) => releaseReceipt(db, "orcp_7")],
  ["removing expired keys", (db) => deleteExpiredReceipts(db, 1000)],
  ["levels with their statements", (db) => selectInventoryLevels(db, ["iitem_7", "iitem_8"])],
  ["comparing a count", (db) => selectOpenCounts(db, counts(1))],
  ["comparing some counts", (db) => selectOpenCounts(db, counts(100))],
  ["what has the stock of a SKU", (db) => selectStockItems(db, ["SKU-7"])],
  ["the same in another case", (db) => selectStockItemsIgnoringCase(db, ["sku-7"])],
  ["what is kept for a SKU that the catalogue knows now", (db) => selectAdoptableRecords(db, ["SKU-7"])],
  ["orders with their links", (db) => selectOrders(db, orders, true)],
  ["customers with their links", (db) => selectBuyers(db, orders)],
  ["an API key", (db) => selectApiKey(db, "digest").then(() => touchApiKey(db, "okey_7"))],
]

/** What asks of all records: what is known of them is read whole then, but once, and not anew for each. */
const ASKS_OF_ALL: readonly (readonly [string, (db: Knex) => Promise<unknown>])[] = [
  ["orders that are not linked", (db) => selectOrderPage(db, { synced: false }, page)],
  ["orders that are linked", (db) => selectOrderPage(db, { synced: true }, page)],
  ["what differs, once a day", (db) => selectChangedRecords(db, "order", { from: null, after: null, limit: 100 })],
  ["what was there before", (db) => selectUnseenRecords(db, "order", { installedAt: new Date(), before: null, limit: 500 })],
]

shopSuite({ empty: true }, (bench) => {
  const database = () => bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)

  /**
   * As it happens by itself in a database that is at work. While a transaction is open anywhere, rows that were made since
   * it began are not known to be there for all, and reading an index alone looks dear.
   */
  const vacuum = (table: string) =>
    waitFor(`${table} is vacuumed`, async () => {
      await database().raw(`VACUUM ANALYZE ${table}`)
      const { rows } = await database().raw<{ rows: { is_done: boolean }[] }>(
        "SELECT relallvisible >= 0.9 * relpages AS is_done FROM pg_class WHERE oid = CAST(:table AS regclass)",
        { table }
      )
      return rows[0]?.is_done === true
    })

  // in one test: after each one the database is made anew, with all its rows
  it("no statement that runs often reads all of the 100,000 rows that each of our tables has", async () => {
    for (const statement of SEED) {
      await database().raw(statement)
    }
    for (const table of [...READ_TOO, ...TABLES]) {
      await vacuum(table)
    }
    const found: string[] = []
    for (const [what, work] of STATEMENTS) {
      const readings = await plansOf(database(), work)
      found.push(...wholeTables(readings, TABLES).map((problem) => `${what}: ${problem}`))
    }
    expect(found).toEqual([])
    for (const [what, work] of ASKS_OF_ALL) {
      const repeated = (await plansOf(database(), work)).filter(({ table, repeats }) => repeats && TABLES.includes(table))
      expect([what, ...repeated]).toEqual([what])
    }
  })

  it("finds a statement that does", async () => {
    await database().raw(SEED[1] ?? "")
    await vacuum("odoo_event")
    const problemsOf = async (db: Knex, statement: string) => wholeTables(await plansOf(db, (plans) => plans.raw(statement, {})), TABLES)
    await database().transaction(async (transaction) => {
      expect(await problemsOf(transaction, "SELECT * FROM odoo_event WHERE body = '{}'")).toEqual(["Seq Scan of odoo_event"])
      await transaction.raw("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
      expect(await problemsOf(transaction, "SELECT * FROM odoo_event WHERE deleted_at IS NULL")).toEqual([
        "Bitmap Index Scan of odoo_event by IDX_odoo_event_deleted_at",
      ])
    })
  })
})

import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { acknowledgeCreated } from "../../src/modules/odoo/sql/acknowledge-created"
import { claimDeliveries, claimProbe } from "../../src/modules/odoo/sql/claim-deliveries"
import { deleteClosedDeliveries } from "../../src/modules/odoo/sql/delete-closed-deliveries"
import { deleteExpiredReceipts } from "../../src/modules/odoo/sql/delete-expired-receipts"
import { hasOtherRecords, reviveDeliveries } from "../../src/modules/odoo/sql/destinations"
import { dismissDelivery } from "../../src/modules/odoo/sql/dismiss-delivery"
import { dismissUnwantedDeliveries } from "../../src/modules/odoo/sql/dismiss-unwanted-deliveries"
import { releaseLeases } from "../../src/modules/odoo/sql/release-leases"
import { insertEvent } from "../../src/modules/odoo/sql/insert-event"
import { openReceipt } from "../../src/modules/odoo/sql/open-receipt"
import { replayDeliveries } from "../../src/modules/odoo/sql/replay-deliveries"
import { selectAdoptableRecords } from "../../src/read-model/inventory/select-adoptable-records"
import { countBacklog, selectBacklog } from "../../src/read-model/record-sources/select-backlog"
import { selectApiKey } from "../../src/modules/odoo/sql/select-api-key"
import { selectChangedRecords } from "../../src/read-model/record-sources/select-changed-records"
import { selectClosedDeliveries } from "../../src/modules/odoo/sql/select-closed-deliveries"
import { selectBuyers } from "../../src/read-model/customers/select-customers"
import { selectCustomerPage } from "../../src/read-model/customers/select-customer-page"
import { selectAttempts, selectDeliveries } from "../../src/modules/odoo/sql/select-delivery"
import { selectDeliveryPage } from "../../src/modules/odoo/sql/select-delivery-page"
import { selectDeliverySummaries } from "../../src/modules/odoo/sql/select-delivery-summary"
import { selectHeldDeliveries } from "../../src/modules/odoo/sql/select-held-deliveries"
import { selectInventoryLevels } from "../../src/read-model/inventory/select-inventory-levels"
import { selectLinkedRecords } from "../../src/modules/odoo/sql/select-linked-records"
import { selectLinks } from "../../src/modules/odoo/sql/select-links"
import { selectMovements } from "../../src/modules/odoo/sql/select-movements"
import { selectOpenCounts } from "../../src/read-model/inventory/select-open-counts"
import { selectOrderPage } from "../../src/read-model/orders/select-order-page"
import { selectOrderSkus } from "../../src/read-model/orders/select-order-skus"
import { selectOrders } from "../../src/read-model/orders/select-orders"
import { selectReceipt } from "../../src/modules/odoo/sql/select-receipt"
import { selectSnapshots } from "../../src/modules/odoo/sql/select-snapshots"
import { selectStockItems, selectStockItemsIgnoringCase } from "../../src/read-model/inventory/select-stock-items"
import { selectUnmirroredLinks } from "../../src/read-model/record-sources/select-unmirrored-links"
import { selectUnseenRecords } from "../../src/read-model/record-sources/select-unseen-records"
import { updateAttemptedDeliveries } from "../../src/modules/odoo/sql/update-attempted-deliveries"
import { keepOutcome, releaseReceipt, renewReceipt, completeReceipt } from "../../src/modules/odoo/sql/update-receipt"
import { touchApiKey } from "../../src/modules/odoo/sql/touch-api-key"
import { markReconciled, markUnreconciled, selectReducedOrders, selectUnreconciledOrders } from "../../src/modules/odoo/sql/unreconciled-orders"
import { updateLinkStatus } from "../../src/modules/odoo/sql/update-link-status"
import { updateHeads } from "../../src/modules/odoo/sql/update-heads"
import { suppressEcho } from "../../src/modules/odoo/sql/suppress-echo"
import { updateSnapshot } from "../../src/modules/odoo/sql/update-snapshot"
import { updateSourceVersions } from "../../src/modules/odoo/sql/update-source-versions"
import { upsertLinks } from "../../src/modules/odoo/sql/upsert-links"
import type { Attempted, ClaimedDelivery, DeliveryFilters } from "../../src/modules/odoo/types"
import { selectCustomersOfAddress } from "../../src/records/customer/select-customers-of"
import { customerSource } from "../../src/records/customer/source"
import { orderSource } from "../../src/records/order/source"
import { observedOrder } from "../support/observed"
import { plansOf, wholeTables } from "../support/plans"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

/**
 * What grows with the shop. There is one row of `odoo_delivery`, one of `odoo_sweep` for each kind of record, and of
 * `odoo_refusal` what a person has to look at.
 */
const TABLES = [
  "odoo_event", "odoo_delivery", "odoo_attempt", "odoo_snapshot", "odoo_link", "odoo_movement", "odoo_receipt", "odoo_stock_statement", "odoo_stock_record",
  "odoo_api_key",
]

/** Medusa's own that our statements join. */
const READ_TOO = [`"order"`, "order_item", "payment_collection", "fulfillment", "customer", "customer_address"]

/** Medusa's own that are asked about orders that have changed hands, which few have. */
const HISTORY = ["order_change", "order_change_action", "order_cart", "cart"]

const SIZE = 100_000

/** Of 1,000 events, 988 are delivered, 3 dismissed and 9 open; of 100 orders, one is not linked. */
const SEED = [
  `INSERT INTO "order" (id, currency_code, email, status, created_at, updated_at)
   SELECT 'order_' || n, 'kwd', n || '@example.com', 'pending', now() - n * interval '1 minute', now() - n * interval '1 minute'
   FROM generate_series(1, ${String(SIZE)}) AS n`,
  `INSERT INTO odoo_event (id, record_kind, record_id, name, body)
   SELECT 'oevt_' || lpad(n::text, 26, '0'), 'order', 'order_' || n / 2, 'order.status_updated',
     (SELECT string_agg(md5(n || '/' || part), '') FROM generate_series(1, 40) AS part)
   FROM generate_series(1, ${String(SIZE)}) AS n`,
  `INSERT INTO odoo_delivery
     (id, event_id, destination_id, sequence, record_kind, record_id, name, status, is_head, attempts, next_attempt_at, error_class,
      delivered_at, dismissed_at, created_at)
   SELECT 'odlv_' || lpad(n::text, 26, '0') || '_webhook', 'oevt_' || lpad(n::text, 26, '0'), 'webhook', n, kind, kind || '_' || lpad((n / 2)::text, 26, '0'),
     CASE n % 2 WHEN 0 THEN kind || '.created' ELSE 'order.status_updated' END, status, n % 2 = 0, 1, at,
     CASE WHEN status IN ('waiting', 'failed', 'dismissed') THEN 'http' END,
     CASE status WHEN 'delivered' THEN at END, CASE status WHEN 'dismissed' THEN at END, at
   FROM (
     SELECT n, CASE n % 20 WHEN 0 THEN 'customer' ELSE 'order' END AS kind, now() - n * interval '10 seconds' AS at,
       CASE WHEN n % 1000 < 3 THEN 'dismissed' WHEN n % 1000 < 6 THEN 'failed' WHEN n % 1000 < 9 THEN 'waiting'
         WHEN n % 1000 < 12 THEN 'pending' ELSE 'delivered' END AS status
     FROM generate_series(1, ${String(SIZE)}) AS n
   ) AS made`,
  `INSERT INTO odoo_attempt (id, delivery_id, number, started_at, duration_ms, http_status)
   SELECT 'oatt_' || n, 'odlv_' || lpad(n::text, 26, '0') || '_webhook', 1, now(), 5, 200 FROM generate_series(1, ${String(SIZE)}) AS n`,
  `INSERT INTO odoo_snapshot (id, record_kind, record_id, snapshot, source_version)
   SELECT 'ostt_' || kind || n, kind, CASE kind WHEN 'order' THEN 'order_' ELSE 'cus_' END || n,
     CASE kind WHEN 'order' THEN jsonb_build_object('status', 'pending') ELSE jsonb_build_object('address_ids', jsonb_build_array('cuaddr_' || n)) END,
     '1/' || n
   FROM generate_series(1, ${String(SIZE)}) AS n, unnest(ARRAY['order', 'customer']) AS kind WHERE kind = 'order' OR n % 10 = 0`,
  `INSERT INTO odoo_link (id, record_kind, record_id, odoo_id, odoo_name, synced_at, updated_at)
   SELECT 'olnk_' || n, 'order', 'order_' || n, n::text, 'S' || n, now(), now() - n * interval '10 seconds'
   FROM generate_series(1, ${String(SIZE)}) AS n WHERE n % 100 > 0`,
  `INSERT INTO odoo_movement (id, order_id, line_item_id, inventory_item_id, quantity, raw_quantity, via, unsettled_since)
   SELECT 'omov_' || n, 'order_' || n, 'ordli_' || n, 'iitem_' || n, 1, '{"value":"1"}', 'reduce', CASE n % 1000 WHEN 0 THEN now() END
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
  // each order comes from a cart and was edited once; one of 1,000 was transferred too
  `INSERT INTO customer (id, email, created_at, updated_at)
   SELECT 'cus_' || n, n || '@example.com', at, at
   FROM (SELECT n, now() - n * interval '10 minutes' AS at FROM generate_series(1, ${String(SIZE / 10)}) AS n) AS made`,
  `INSERT INTO cart (id, currency_code, customer_id)
   SELECT 'cart_' || n, 'kwd', 'cus_' || n / 10 + 1 FROM generate_series(1, ${String(SIZE)}) AS n`,
  `INSERT INTO order_cart (id, order_id, cart_id)
   SELECT 'ordercart_' || n, 'order_' || n, 'cart_' || n FROM generate_series(1, ${String(SIZE)}) AS n`,
  `INSERT INTO order_change (id, order_id, version, change_type, status, confirmed_at)
   SELECT 'ordch_' || kind || n, 'order_' || n, 1, kind, 'confirmed', now() - n * interval '1 minute'
   FROM generate_series(1, ${String(SIZE)}) AS n, unnest(ARRAY['edit', 'transfer']) AS kind WHERE kind = 'edit' OR n % 1000 = 0`,
  `INSERT INTO order_change_action (id, order_id, order_change_id, version, action, reference_id, details)
   SELECT 'ordchact_' || change.id, order_id, change.id, 1, CASE change_type WHEN 'edit' THEN 'ITEM_ADD' ELSE 'TRANSFER_CUSTOMER' END,
     CASE change_type WHEN 'transfer' THEN 'cus_7' END, '{"original_email":"9@example.com"}'
   FROM order_change AS change`,
]

/** Ids are as long as real ones: by that Postgres judges whether an index is cheaper to read than its table. */
const ulid = (n: number) => String(n).padStart(26, "0")
const deliveryId = (n: number) => `odlv_${ulid(n)}_webhook`

const delivery: ClaimedDelivery = {
  id: deliveryId(9), event_id: `oevt_${ulid(9)}`, destination_id: "webhook", record_kind: "order", record_id: `order_${ulid(4)}`, name: "order.created",
  body: "{}", attempts: 0, attempts_before_replay: 0, lease_id: "lease", is_probe: false,
}
const attempted = Array.from({ length: 16 }, (_, index): Attempted => ({
  delivery: { ...delivery, id: deliveryId(index) },
  attempt: { started_at: new Date(), duration_ms: 5, http_status: 200, reply: null },
  outcome: { status: "delivered", link: null },
  isOutage: false,
  retryAfterMs: null,
}))
const claim = { destinationId: "webhook", leaseMs: 40_000, leaseId: "lease" }
const orders = Array.from({ length: 100 }, (_, index) => `order_${String(index * 7)}`)
const receipt = { scope: "POST /odoo/inventory/update", key: "key-7", fingerprint: "x" }
const monthAgo = { olderThanMs: 30 * 86_400_000, limit: 1000 }
const page = { limit: 50, offset: 0, after: undefined }
const odoo = { id: "odoo", is_odoo: true }
const backlogPage = () => ({ since: lately(), after: null, limit: 100 })
const lately = () => new Date(Date.now() - 11 * 60_000)
const counts = (howMany: number) =>
  Array.from({ length: howMany }, (_, index) => ({ sku: `SKU-${String(index * 7)}`, locationId: "sloc_1", quantity: 1, isAvailable: false, statedAt: null }))
const events = (filters: DeliveryFilters) => (db: Knex) => selectDeliveryPage(db, filters, page)

/** What runs often, by what it is for. */
const STATEMENTS: readonly (readonly [string, (db: Knex) => Promise<unknown>])[] = [
  ["claiming events", (db) => claimDeliveries(db, { ...claim, limit: 64 })],
  ["claiming what shows whether an outage is over", (db) => claimProbe(db, { ...claim, probeMs: 60_000 })],
  ["sending again what an outage has held up", (db) => reviveDeliveries(db, "webhook", lately())],
  ["whether others wait too", (db) => hasOtherRecords(db, "webhook", delivery.record_id)],
  ["marking the oldest open deliveries", (db) => updateHeads(db, [delivery])],
  ["writing an event", (db) => insertEvent(db, delivery, { name: "order.status_updated", body: "{}" })],
  ["writing that a record was created", (db) => insertEvent(db, delivery, { name: "order.created", body: "{}" })],
  ["giving events back", (db) => releaseLeases(db, attempted.map((each) => each.delivery))],
  ["which events are still to be sent", (db) => selectHeldDeliveries(db, attempted.map((each) => each.delivery))],
  ["settling events", (db) => updateAttemptedDeliveries(db, attempted)],
  ["acknowledging that records were created", (db) => acknowledgeCreated(db, [delivery])],
  ["one event", (db) => selectDeliveries(db, delivery.event_id, undefined)],
  ["an event's attempts", (db) => selectAttempts(db, delivery.id)],
  ["a page of events", events({})],
  ["a page of events of a kind", events({ recordKind: "customer" })],
  ["a page of events of a name", events({ name: "customer.created" })],
  ["a page of events of a record", events({ recordId: `order_${ulid(7)}` })],
  ["a page of events of some time", events({ since: new Date(Date.now() - 60 * 60_000), until: new Date() })],
  ["a page of failed events", events({ status: ["failed"] })],
  ["a page of events that are open", events({ status: ["pending", "waiting", "behind", "failed"] })],
  ["a page of events that are behind others", events({ status: ["behind"] })],
  ["a page of dismissed events", events({ status: ["dismissed"] })],
  ["a page of delivered events", events({ status: ["delivered"] })],
  ["a page of events with some failure", events({ errorClass: ["http", "timeout"] })],
  ["counting the events that Odoo does not have", selectDeliverySummaries],
  ["counting the events that are done with", selectClosedDeliveries],
  ["replaying events by id", (db) => replayDeliveries(db, { ids: [delivery.event_id] })],
  ["replaying what has failed", (db) => replayDeliveries(db, { status: ["failed"] })],
  ["giving up what nobody asks for", (db) => dismissUnwantedDeliveries(db, "no")],
  ["dismissing an event", (db) => dismissDelivery(db, delivery.id, "no")],
  ["removing what was closed long ago", (db) => deleteClosedDeliveries(db, monthAgo)],
  ["how records were last seen", (db) => selectSnapshots(db, "order", orders)],
  ["whose address it was", (db) => selectCustomersOfAddress(db, "cuaddr_10")],
  ["noting what was compared", (db) => updateSourceVersions(db, "order", orders.map((id) => ({ id, version: 1, sourceVersion: "" })))],
  ["noting a change", (db) => updateSnapshot(db, observedOrder("order_7", null).seen, 1)],
  ["noting what Odoo is changing", (db) => suppressEcho(db, { record_kind: "order", record_id: "order_7" }, [], 1)],
  ["orders that changed lately", (db) => selectChangedRecords(db, orderSource, { from: lately(), after: null, limit: 100 })],
  ["customers that changed lately", (db) => selectChangedRecords(db, customerSource, { from: lately(), after: null, limit: 100 })],
  ["how many the backlog of a short time has", (db) => countBacklog(db, orderSource, lately())],
  ["how many that of a destination has", (db) => countBacklog(db, orderSource, lately(), odoo)],
  ["a page of the backlog of a short time", (db) => selectBacklog(db, orderSource, backlogPage())],
  ["a page of that of a destination", (db) => selectBacklog(db, orderSource, { ...backlogPage(), destination: odoo })],
  ["links of records", (db) => selectLinks(db, "order", orders)],
  ["records by Odoo's id", (db) => selectLinkedRecords(db, "order", { odooId: "7" })],
  ["records by Odoo's name", (db) => selectLinkedRecords(db, "order", { odooName: "S7" })],
  ["links that were made lately and do not show", (db) => selectUnmirroredLinks(db, orderSource, lately(), 100)],
  [
    "linking a record",
    (db) => upsertLinks(db, [{ kind: "order", recordId: "order_7", odooId: "7", odooName: null }], { syncedAt: null, force: true }),
  ],
  ["noting Odoo's status", (db) => updateLinkStatus(db, "order", "order_7", "sale")],
  ["what has left for an order", (db) => selectMovements(db, "order_7")],
  ["which orders have a stock ledger", (db) => selectReducedOrders(db, orders)],
  ["which orders' ledgers await reconciliation", (db) => selectUnreconciledOrders(db, 60_000, 100)],
  ["marking an order's ledger", (db) => markUnreconciled(db, "order_7").then(() => markReconciled(db, "order_7"))],
  ["taking an idempotency key", (db) => openReceipt(db, { ...receipt, ttlMs: 1, leaseMs: 1 })],
  ["what a key stands for", (db) => selectReceipt(db, receipt)],
  ["holding a key", (db) => renewReceipt(db, "orcp_7", 1)],
  ["settling a key", (db) => completeReceipt(db, "orcp_7", { status: 200, body: "{}" }).then(() => keepOutcome(db, "orcp_7", "{}"))],
  ["giving a key back", (db) => releaseReceipt(db, "orcp_7")],
  ["removing expired keys", (db) => deleteExpiredReceipts(db, 1000)],
  ["levels with their statements", (db) => selectInventoryLevels(db, ["iitem_7", "iitem_8"])],
  ["comparing a count", (db) => selectOpenCounts(db, counts(1))],
  ["comparing some counts", (db) => selectOpenCounts(db, counts(100))],
  ["what has the stock of a SKU", (db) => selectStockItems(db, ["SKU-7"])],
  ["the same in another case", (db) => selectStockItemsIgnoringCase(db, ["sku-7"])],
  ["what is kept for a SKU that the catalogue knows now", (db) => selectAdoptableRecords(db, ["SKU-7"])],
  ["orders with their links", (db) => selectOrders(db, orders, true)],
  ["the SKUs of an order", (db) => selectOrderSkus(db, "order_7")],
  ["customers with their links", (db) => selectBuyers(db, orders)],
  ["an API key", (db) => selectApiKey(db, "digest").then(() => touchApiKey(db, "okey_7"))],
]

/** What asks of all records: what is known of them is read whole then, but once, and not anew for each. */
const ASKS_OF_ALL: readonly (readonly [string, (db: Knex) => Promise<unknown>])[] = [
  ["orders that are not linked", (db) => selectOrderPage(db, { synced: false }, page)],
  ["orders that are linked", (db) => selectOrderPage(db, { synced: true }, page)],
  ["what differs, once a day", (db) => selectChangedRecords(db, orderSource, { from: null, after: null, limit: 100 })],
  ["what was there before", (db) => selectUnseenRecords(db, orderSource, { installedAt: new Date(), before: null, limit: 500 })],
]

shopSuite({ empty: true, alone: true }, (bench) => {
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
    for (const table of [...READ_TOO, ...HISTORY, ...TABLES]) {
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
    for (const days of [0.01, 1, 1000]) {
      const updatedSince = new Date(Date.now() - days * 86_400_000)
      const readings = await plansOf(database(), (db) => selectCustomerPage(db, { updatedSince }, page))
      expect(readings.map(({ table }) => table)).toEqual(expect.arrayContaining(HISTORY))
      expect(wholeTables(readings, HISTORY)).toEqual([])
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

import type { RecordKind } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/** The key of a record in the plugin's tables. */
export type RecordKey = { record_kind: RecordKind; record_id: string }

/** The lock that every lock of a single record shares, and that {@link lockAllRecords} takes exclusively. */
const ALL = "hashtextextended('odoo records', 0)"

/**
 * Locks records until the transaction ends. Capturing a record, linking it, and closing or opening its deliveries read what the
 * others write, so they must run one after the other. Several records are locked in one fixed order, so that no deadlock can
 * arise. Hand-written, because the ORM has no advisory locks, and there may be no row yet to lock.
 */
export async function lockRecords(db: Db, records: readonly RecordKey[]): Promise<void> {
  await rowsOf(
    db,
    `SELECT pg_advisory_xact_lock_shared(${ALL}) UNION ALL SELECT pg_advisory_xact_lock(number)
     FROM (
       SELECT DISTINCT hashtextextended(record, 0) AS number FROM unnest(CAST(:records AS text[])) AS record ORDER BY number
     ) AS ordered`,
    { records: records.map(({ record_kind: kind, record_id: id }) => `odoo ${kind} ${id}`) }
  )
}

/** Locks all records at once: very many single locks would not fit into the memory of Postgres. */
export async function lockAllRecords(db: Db): Promise<void> {
  await rowsOf(db, `SELECT pg_advisory_xact_lock(${ALL})`, {})
}

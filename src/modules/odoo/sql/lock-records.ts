import type { RecordKind } from "../types"
import { rowsOf, type Db } from "./db"

/** A record, as our tables name it. */
export type RecordKey = { record_kind: RecordKind; record_id: string }

/**
 * Makes transactions about one record follow each other: capturing it and linking it each look for what the other
 * writes, and neither would see it before it is committed. Held until the transaction ends. Several records are locked
 * in the order of their locks, so that two who want the same ones do not wait for each other. Hand-written, because the
 * ORM knows no advisory locks, and there may be no row yet that could be locked.
 */
export async function lockRecords(db: Db, records: readonly RecordKey[]): Promise<void> {
  await rowsOf(
    db,
    `SELECT pg_advisory_xact_lock(number)
     FROM (
       SELECT hashtextextended(record, 0) AS number FROM unnest(CAST(:records AS text[])) AS record ORDER BY number
     ) AS ordered`,
    { records: records.map(({ record_kind: kind, record_id: id }) => `odoo ${kind} ${id}`) }
  )
}

import type { RecordKind } from "../types"
import { rowsOf, type Db } from "./db"

/**
 * Makes transactions about one record follow each other: capturing it and linking it each look for what the other
 * writes, and neither would see it before it is committed. Held until the transaction ends. Hand-written, because the
 * ORM knows no advisory locks, and there may be no row yet that could be locked.
 */
export async function lockRecord(db: Db, kind: RecordKind, recordId: string): Promise<void> {
  await rowsOf(db, `SELECT pg_advisory_xact_lock(hashtextextended(:record, 0))`, { record: `odoo ${kind} ${recordId}` })
}

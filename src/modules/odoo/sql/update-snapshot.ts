import type { RecordSnapshot } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/**
 * Updates the snapshot of a record, unless another process has updated it since the comparison. Hand-written for that guard, and
 * because it shares the transaction of the event.
 * @param version the version of the snapshot that the record was compared with
 * @returns whether the snapshot was updated
 */
export async function updateSnapshot(db: Db, seen: RecordSnapshot, version: number): Promise<boolean> {
  const rows = await rowsOf(
    db,
    `UPDATE odoo_snapshot
     SET snapshot = CAST(:snapshot AS jsonb), source_version = :source_version, version = version + 1, updated_at = now()
     WHERE record_kind = :record_kind AND record_id = :record_id AND version = :version AND deleted_at IS NULL
     RETURNING id`,
    { ...seen, snapshot: JSON.stringify(seen.snapshot), version }
  )
  return rows.length === 1
}

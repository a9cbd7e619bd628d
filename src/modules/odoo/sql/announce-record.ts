import type { RecordKind } from "../types"
import { rowsOf, type Db } from "./db"

/**
 * Notes that the event that a record was created is written, once. Hand-written, because it shares the transaction of
 * that event.
 * @returns whether nobody had noted it before
 */
export async function announceRecord(db: Db, kind: RecordKind, recordId: string): Promise<boolean> {
  const rows = await rowsOf(
    db,
    `UPDATE odoo_record_state SET announced_at = now(), updated_at = now()
     WHERE record_kind = :kind AND record_id = :recordId AND announced_at IS NULL AND deleted_at IS NULL
     RETURNING id`,
    { kind, recordId }
  )
  return rows.length === 1
}

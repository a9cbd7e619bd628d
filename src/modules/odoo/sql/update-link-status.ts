import type { RecordKind } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/**
 * Notes Odoo's status in the link of a record. Hand-written, because it finds the link by its record, in one statement.
 * @returns whether there is a link
 */
export async function updateLinkStatus(db: Db, kind: RecordKind, recordId: string, status: string): Promise<boolean> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `UPDATE odoo_link SET odoo_status = :status, updated_at = now()
     WHERE record_kind = :kind AND record_id = :recordId AND deleted_at IS NULL
     RETURNING id`,
    { kind, recordId, status }
  )
  return rows.length > 0
}

import type { Link, RecordKind } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/** The links of a page of records, in one statement. Hand-written, because a whole page is read for every pull. */
export function selectLinks(db: Db, kind: RecordKind, recordIds: readonly string[]): Promise<Link[]> {
  return rowsOf<Link>(
    db,
    `SELECT record_id, odoo_id, odoo_name, odoo_status, synced_at
     FROM odoo_link
     WHERE record_kind = :kind AND record_id = ANY(:recordIds) AND deleted_at IS NULL`,
    { kind, recordIds }
  )
}

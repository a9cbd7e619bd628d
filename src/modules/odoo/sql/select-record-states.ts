import type { KnownState, RecordKind } from "../types"
import { rowsOf, type Db } from "./db"

/** How these records were last seen. Hand-written, because whether Odoo is changing one is judged by the database's clock. */
export function selectRecordStates(db: Db, kind: RecordKind, ids: readonly string[]): Promise<KnownState[]> {
  return rowsOf<KnownState>(
    db,
    `SELECT record_kind, record_id, version, status, fulfillment_status, payment_status, profile, address_ids, source_mark,
       announced_at IS NOT NULL AS is_announced,
       CASE WHEN told_until > now() THEN told_by_odoo ELSE '{}' END AS told_by_odoo
     FROM odoo_record_state
     WHERE record_kind = :kind AND record_id = ANY(:ids) AND deleted_at IS NULL`,
    { kind, ids }
  )
}

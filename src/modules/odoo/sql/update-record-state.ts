import type { RecordState } from "../types"
import { rowsOf, type Db } from "./db"

/**
 * Writes what a record looks like now, unless somebody has written another change since it was compared. Hand-written
 * for that guard, and because it shares the transaction of the event.
 * @param version the one that it was compared with
 * @param announced whether the event that the record was created is written with it
 * @returns whether it was written
 */
export async function updateRecordState(db: Db, state: RecordState, version: number, announced: boolean): Promise<boolean> {
  const rows = await rowsOf(
    db,
    `UPDATE odoo_record_state
     SET status = :status, fulfillment_status = :fulfillment_status, payment_status = :payment_status,
       profile = CAST(:profile AS jsonb), address_ids = :address_ids, source_mark = :source_mark,
       announced_at = CASE WHEN :announced THEN now() ELSE announced_at END, version = version + 1, updated_at = now()
     WHERE record_kind = :record_kind AND record_id = :record_id AND version = :version AND deleted_at IS NULL
     RETURNING id`,
    { ...state, profile: state.profile === null ? null : JSON.stringify(state.profile), version, announced }
  )
  return rows.length === 1
}

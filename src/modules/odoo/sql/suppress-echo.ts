import { rowsOf, type Db } from "../../../database/statement"
import type { RecordKey } from "./lock-records"

/**
 * Suppresses the echo of changes that Odoo is making, for a limited time; an empty list ends the suppression. The version of the
 * snapshot increases, so that a process that has compared already compares again. Hand-written to use the database's clock.
 * @param changes such as `status=canceled`
 */
export async function suppressEcho(db: Db, record: RecordKey, changes: readonly string[], leaseMs: number): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_snapshot
     SET echo_suppressed = :changes, echo_suppressed_until = now() + :leaseMs * interval '1 millisecond',
       version = version + 1, updated_at = now()
     WHERE record_kind = :record_kind AND record_id = :record_id AND deleted_at IS NULL`,
    { ...record, changes, leaseMs }
  )
}

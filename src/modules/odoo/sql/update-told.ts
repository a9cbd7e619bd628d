import { rowsOf, type Db } from "./db"

/**
 * Notes what of an order Odoo is changing itself, for as long as it may take; none ends that. The version goes up, so
 * that who has compared before compares again. Hand-written, because the time is the database's.
 */
export async function updateTold(db: Db, orderId: string, told: readonly string[], leaseMs: number): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_record_state
     SET told_by_odoo = :told, told_until = now() + :leaseMs * interval '1 millisecond', version = version + 1, updated_at = now()
     WHERE record_kind = 'order' AND record_id = :orderId AND deleted_at IS NULL`,
    { orderId, told, leaseMs }
  )
}

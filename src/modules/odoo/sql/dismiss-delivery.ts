import { rowsOf, type Db } from "../../../database/statement"
import { NOT_LEASED, OPEN } from "./delivery-filter"

/**
 * Dismisses an open delivery, unless an attempt is running. Hand-written to check and write in one statement, because the
 * delivery could be delivered in between. A process whose lease expired can not write its outcome any more.
 * @returns whether the delivery was dismissed
 */
export async function dismissDelivery(db: Db, id: string, reason: string): Promise<boolean> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `UPDATE odoo_delivery AS delivery
     SET status = 'dismissed', dismissal = :reason, dismissed_at = now(), lease_id = NULL, leased_until = NULL, updated_at = now()
     WHERE id = :id AND deleted_at IS NULL
       AND status IN ${OPEN} AND ${NOT_LEASED}
     RETURNING id`,
    { id, reason }
  )
  return rows.length > 0
}

import { rowsOf, type Db } from "../../../database/statement"
import { NOT_LEASED, OPEN } from "./delivery-filter"
import type { RecordKey } from "./lock-records"

/**
 * Dismisses the deliveries of events that their destinations no longer ask for. Hand-written for its conditions: a delivery with
 * a running attempt is left as it is.
 * @returns the records of the dismissed deliveries
 */
export function dismissUnwantedDeliveries(db: Db, reason: string): Promise<RecordKey[]> {
  return rowsOf<RecordKey>(
    db,
    `UPDATE odoo_delivery AS delivery
     SET status = 'dismissed', dismissal = :reason, dismissed_at = now(), lease_id = NULL, leased_until = NULL, updated_at = now()
     FROM odoo_destination AS destination
     WHERE destination.id = delivery.destination_id AND delivery.name <> ALL(destination.events)
       AND delivery.status IN ${OPEN} AND delivery.deleted_at IS NULL
       AND ${NOT_LEASED}
     RETURNING delivery.record_kind, delivery.record_id`,
    { reason }
  )
}

import type { AttemptRow, DeliveryWithBody } from "../types"
import { rowsOf, type Db } from "../../../database/statement"
import { DELIVERY_COLUMNS } from "./delivery-filter"

/**
 * The deliveries of an event with its body, that of the oldest destination first; none where there is no such event. Hand-written,
 * because the ORM can not find the delivery that each one waits behind.
 * @param destination the id of the only destination to read
 */
export function selectDeliveries(db: Db, eventId: string, destination: string | undefined): Promise<DeliveryWithBody[]> {
  return rowsOf<DeliveryWithBody>(
    db,
    `SELECT ${DELIVERY_COLUMNS}, event.body, event.context, event.direction
     FROM odoo_delivery AS delivery
       JOIN odoo_event AS event ON event.id = delivery.event_id
       JOIN odoo_destination AS destination ON destination.id = delivery.destination_id
     WHERE delivery.event_id = :eventId AND delivery.deleted_at IS NULL
       AND (CAST(:destination AS text) IS NULL OR delivery.destination_id = :destination)
     ORDER BY destination.created_at, destination.id`,
    { eventId, destination: destination ?? null }
  )
}

/** The attempts at a delivery, the first one first. */
export function selectAttempts(db: Db, deliveryId: string): Promise<AttemptRow[]> {
  return rowsOf<AttemptRow>(
    db,
    `SELECT number, started_at, duration_ms, http_status, error_class, error_message, reply
     FROM odoo_attempt WHERE delivery_id = :deliveryId AND deleted_at IS NULL
     ORDER BY number`,
    { deliveryId }
  )
}

import { rowsOf, type Db } from "../../../database/statement"
import { NOT_LEASED } from "./delivery-filter"

/**
 * Removes a bounded number of deliveries that were delivered or dismissed long ago, with their attempts, and events without a
 * remaining delivery. Hand-written, to check each delivery again under its lock, because it may be replayed at this moment.
 * Snapshots and links stay, so that nothing is told again. The remaining deliveries of an event are counted, because for
 * `NOT EXISTS` Postgres would read all deliveries.
 * @param input.olderThanMs how long ago a delivery was closed at the least
 */
export async function deleteClosedDeliveries(db: Db, input: { olderThanMs: number; limit: number }): Promise<number> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `WITH old AS (
       (SELECT id FROM odoo_delivery
        WHERE status = 'delivered' AND delivered_at < now() - :olderThanMs * interval '1 millisecond' AND deleted_at IS NULL
        LIMIT :limit)
       UNION ALL
       (SELECT id FROM odoo_delivery
        WHERE status = 'dismissed' AND dismissed_at < now() - :olderThanMs * interval '1 millisecond' AND deleted_at IS NULL
        LIMIT :limit)
       LIMIT :limit
     ),
     gone AS (
       DELETE FROM odoo_delivery AS delivery USING old
       WHERE delivery.id = old.id AND delivery.status IN ('delivered', 'dismissed')
         AND ${NOT_LEASED}
       RETURNING delivery.id, delivery.event_id
     ),
     attempts AS (
       DELETE FROM odoo_attempt AS attempt USING gone WHERE attempt.delivery_id = gone.id AND attempt.deleted_at IS NULL
     ),
     events AS (
       DELETE FROM odoo_event AS event USING gone
       WHERE event.id = gone.event_id
         AND (SELECT count(*) FROM odoo_delivery AS delivery WHERE delivery.event_id = event.id AND delivery.deleted_at IS NULL)
           = (SELECT count(*) FROM gone AS same WHERE same.event_id = event.id)
     )
     SELECT id FROM gone`,
    input
  )
  return rows.length
}

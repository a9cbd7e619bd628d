import { rowsOf, type Db } from "./db"

/** The numbers of delivered and dismissed deliveries that are still stored, for each destination. */
export type ClosedDeliveries = { destination: string; delivered: number; dismissed: number }

/**
 * Counts the closed deliveries. Hand-written, to count in one statement, and each kind in its own index, which holds no
 * others; apart from the open ones, of which there are few.
 */
export function selectClosedDeliveries(db: Db): Promise<ClosedDeliveries[]> {
  const counted = (status: "delivered" | "dismissed") => `
    SELECT destination_id, '${status}' AS status, count(*) AS count FROM odoo_delivery
    WHERE status = '${status}' AND deleted_at IS NULL GROUP BY destination_id`
  return rowsOf<ClosedDeliveries>(
    db,
    `SELECT destination_id AS destination,
       CAST(coalesce(sum(count) FILTER (WHERE status = 'delivered'), 0) AS integer) AS delivered,
       CAST(coalesce(sum(count) FILTER (WHERE status = 'dismissed'), 0) AS integer) AS dismissed
     FROM (${counted("delivered")} UNION ALL ${counted("dismissed")}) AS closed
     GROUP BY destination_id`,
    {}
  )
}

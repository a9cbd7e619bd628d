import type { ClosedDeliveries } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/**
 * Counts the closed deliveries. Hand-written to count them in one statement, each status by its own index. Open deliveries are
 * counted separately, because there are few of them.
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

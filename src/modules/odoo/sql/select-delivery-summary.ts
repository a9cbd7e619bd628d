import type { DeliverySummary } from "../types"
import { rowsOf, type Db } from "../../../database/statement"
import { OPEN } from "./delivery-filter"

/** Counts the open deliveries of each destination. Hand-written, because the ORM would count in many statements. */
export function selectDeliverySummaries(db: Db): Promise<DeliverySummary[]> {
  return rowsOf<DeliverySummary>(
    db,
    `WITH counted AS (
       SELECT destination_id,
         count(*) FILTER (WHERE is_head AND status = 'pending') AS pending,
         count(*) FILTER (WHERE NOT is_head AND status <> 'failed') AS behind,
         count(*) FILTER (WHERE is_head AND status = 'waiting') AS waiting,
         count(*) FILTER (WHERE status = 'failed') AS failed,
         count(*) FILTER (WHERE leased_until > now()) AS in_flight,
         min(created_at) FILTER (WHERE is_head AND status IN ('pending', 'waiting')) AS oldest_waiting_at
       FROM odoo_delivery
       WHERE status IN ${OPEN} AND deleted_at IS NULL
       GROUP BY destination_id
     )
     SELECT destination.id AS destination, destination.kind,
       ${["pending", "behind", "waiting", "failed", "in_flight"].map((name) => `CAST(coalesce(counted.${name}, 0) AS integer) AS ${name}`).join(", ")},
       counted.oldest_waiting_at,
       CAST(coalesce(greatest(floor(extract(epoch FROM now() - counted.oldest_waiting_at)), 0), 0) AS integer) AS oldest_waiting_seconds,
       destination.paused_at, destination.pause_reason, destination.down_since
     FROM odoo_destination AS destination LEFT JOIN counted ON counted.destination_id = destination.id
     WHERE destination.deleted_at IS NULL
     ORDER BY destination.created_at, destination.id`,
    {}
  )
}

/** The number of open refusals. */
export async function countOpenRefusals(db: Db): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    db,
    "SELECT CAST(count(*) AS integer) AS count FROM odoo_refusal WHERE settled_at IS NULL AND deleted_at IS NULL",
    {}
  )
  return row?.count ?? 0
}

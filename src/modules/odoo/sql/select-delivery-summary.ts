import { rowsOf, type Db } from "./db"
import { OPEN } from "./delivery-filter"

/** The open deliveries of a destination by status, and the state of the destination. */
export type DeliverySummary = {
  destination: string
  kind: string
  /** due, without an attempt since they were created or replayed */
  pending: number
  /** waiting behind an earlier delivery of their record */
  behind: number
  /** waiting for their next attempt after a failed one */
  waiting: number
  /** failed, and waiting for a person */
  failed: number
  /** how many of all these are being sent at the moment */
  in_flight: number
  /** since when the oldest delivery waits that has not failed and is behind no other one */
  oldest_waiting_at: Date | null
  oldest_waiting_seconds: number
  paused_at: Date | null
  pause_reason: string | null
  /** since when the destination does not answer */
  down_since: Date | null
}

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

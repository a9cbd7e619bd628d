import { rowsOf, type Db } from "./db"

/** How the events that Odoo does not have are doing, and whether they are sent at all. */
export type EventSummary = {
  /** due, or about to be sent for the first time since they were made or replayed */
  pending: number
  /** behind an earlier one of their record; nothing is wrong with them */
  behind: number
  /** for their next attempt, after one that did not deliver */
  waiting: number
  /** for a person */
  failed: number
  /** of all these, how many are being sent at the moment */
  in_flight: number
  /** since when the oldest one waits that has not failed and is behind no other one */
  oldest_waiting_at: Date | null
  oldest_waiting_seconds: number
  paused_at: Date | null
  pause_reason: string | null
  /** what Medusa has refused and nobody has settled */
  refusals: number
}

/** Counts what a person has to know of delivery. Hand-written, because the ORM would count in six statements. */
export async function selectEventSummary(db: Db): Promise<EventSummary> {
  const [summary] = await rowsOf<EventSummary>(
    db,
    `WITH open AS (
       SELECT CASE
           WHEN status <> 'failed' AND row_number() OVER (PARTITION BY record_kind, record_id ORDER BY sequence) > 1 THEN 'behind'
           ELSE status
         END AS status,
         created_at,
         leased_until
       FROM odoo_event
       WHERE status IN ('pending', 'waiting', 'failed') AND deleted_at IS NULL
     ),
     counted AS (
       SELECT CAST(count(*) FILTER (WHERE status = 'pending') AS integer) AS pending,
         CAST(count(*) FILTER (WHERE status = 'behind') AS integer) AS behind,
         CAST(count(*) FILTER (WHERE status = 'waiting') AS integer) AS waiting,
         CAST(count(*) FILTER (WHERE status = 'failed') AS integer) AS failed,
         CAST(count(*) FILTER (WHERE leased_until > now()) AS integer) AS in_flight,
         min(created_at) FILTER (WHERE status IN ('pending', 'waiting')) AS oldest_waiting_at
       FROM open
     )
     SELECT counted.*,
       CAST(coalesce(greatest(floor(extract(epoch FROM now() - counted.oldest_waiting_at)), 0), 0) AS integer) AS oldest_waiting_seconds,
       delivery.paused_at,
       delivery.pause_reason,
       (SELECT CAST(count(*) AS integer) FROM odoo_refusal WHERE settled_at IS NULL AND deleted_at IS NULL) AS refusals
     FROM counted LEFT JOIN odoo_delivery AS delivery ON delivery.id = 'delivery'`,
    {}
  )
  if (summary === undefined) {
    throw new Error("the events could not be counted")
  }
  return summary
}

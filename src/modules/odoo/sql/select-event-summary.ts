import { rowsOf, type Db } from "./db"

/** How many events are on their way, how many have failed, and since when the oldest of the former waits. */
export type EventSummary = { waiting: number; failed: number; oldest_waiting_at: Date | null }

/** Counts the events that Odoo does not have. Hand-written, because the ORM would count in three statements. */
export async function selectEventSummary(db: Db): Promise<EventSummary> {
  const [summary] = await rowsOf<EventSummary>(
    db,
    `SELECT CAST(count(*) FILTER (WHERE status IN ('pending', 'waiting')) AS integer) AS waiting,
       CAST(count(*) FILTER (WHERE status = 'failed') AS integer) AS failed,
       min(created_at) FILTER (WHERE status IN ('pending', 'waiting')) AS oldest_waiting_at
     FROM odoo_event
     WHERE status IN ('pending', 'waiting', 'failed') AND deleted_at IS NULL`,
    {}
  )
  return summary ?? { waiting: 0, failed: 0, oldest_waiting_at: null }
}

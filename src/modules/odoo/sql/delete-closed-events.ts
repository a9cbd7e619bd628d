import { rowsOf, type Db } from "./db"

/**
 * Removes some of the events that were delivered or dismissed long ago, with their attempts. Hand-written, to take a
 * bounded number at a time, and to look again at each under its lock: it may be replayed at this moment. What was told
 * of a record is kept with the record's state and link, so that none of this makes anything be told again.
 * @param input.olderThanMs how long ago an event was closed at the least
 */
export async function deleteClosedEvents(db: Db, input: { olderThanMs: number; limit: number }): Promise<number> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `WITH old AS (
       (SELECT id FROM odoo_event
        WHERE status = 'delivered' AND delivered_at < now() - :olderThanMs * interval '1 millisecond' AND deleted_at IS NULL
        LIMIT :limit)
       UNION ALL
       (SELECT id FROM odoo_event
        WHERE status = 'dismissed' AND dismissed_at < now() - :olderThanMs * interval '1 millisecond' AND deleted_at IS NULL
        LIMIT :limit)
       LIMIT :limit
     ),
     gone AS (
       DELETE FROM odoo_event AS event USING old
       WHERE event.id = old.id AND event.status IN ('delivered', 'dismissed')
         AND (event.leased_until IS NULL OR event.leased_until <= now())
       RETURNING event.id
     ),
     attempts AS (
       DELETE FROM odoo_attempt AS attempt USING gone WHERE attempt.event_id = gone.id AND attempt.deleted_at IS NULL
     )
     SELECT id FROM gone`,
    input
  )
  return rows.length
}
